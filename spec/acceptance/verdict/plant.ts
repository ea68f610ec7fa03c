import { replay } from '../../../src/replay';
import type { ReplayOptions } from '../../../src/replay';
import type { Report } from '../../../src/report';
import type { Bar, Strategy, Tick } from '../../../streams';
import { fromBars, fromTicks } from '../../../streams/sources';

export const S = 1_000_000;
export const MINUTE = 60 * S;
export const DAY = 1_440 * MINUTE;
/** Market time of all plants: 2024-08-08 13:00 UTC. */
export const START = Date.UTC(2024, 7, 8, 13) * 1_000;

export interface Planted {
  /** Starts of 1s bars: microseconds after `START`. */
  readonly times: Iterable<number>;
  readonly symbols?: readonly string[];
  /** Length of a bar; one second unless given. 0: ticks, each of which is a bar. */
  readonly length?: number;
  /** Milliseconds that a strategy works on a bar, by its number; each makes a strategy. */
  readonly strategies?: Readonly<Record<string, (bar: Bar, n: number) => number>>;
  /** Strategies as they are, which move the stopwatch themselves. */
  readonly others?: (work: (ms: number) => void) => readonly Strategy[];
  readonly processor?: (n: number) => number;
  /** Called within every service: real time that no stopwatch sees. */
  readonly disturb?: () => void;
  readonly options?: Partial<ReplayOptions>;
}

const OHLC = { open: 1, high: 1, low: 1, close: 1, volume: 1, count: 1, complete: true };

/** A run in which only strategies take time, exactly so much: the stopwatch moves when they work, and not else. */
export async function planted({
  times,
  symbols = ['AAA'],
  length = S,
  strategies = {},
  others = () => [],
  processor,
  disturb,
  options = {},
}: Planted): Promise<Report> {
  let now = 0;
  function* all(): Generator<Bar> {
    for (const time of times) {
      for (const symbol of symbols) {
        const start = START + time;
        yield { symbol, interval: '1s', start, end: start + length, ...OHLC };
      }
    }
  }
  function* each(): Generator<Tick> {
    for (const { symbol, start: time } of all()) yield { symbol, time, price: 1 };
  }
  const made = Object.entries(strategies).map(([name, cost]): Strategy => {
    let n = 0;
    return {
      name,
      onBar: (bar) => {
        disturb?.();
        now += cost(bar, n);
        n += 1;
        return undefined;
      },
    };
  });
  let processed = 0;
  const source = length === 0 ? fromTicks(each()) : fromBars(all(), { interval: length });
  const run = replay(source, {
    bars: length === 0 ? 'tick' : length === S ? '1s' : '1m',
    stopwatch: () => now,
    strategies: [
      ...made,
      ...others((ms) => {
        now += ms;
      }),
    ],
    ...(processor === undefined
      ? {}
      : {
          serviceTimes: {
            processor: ({ bar }) => {
              if (bar === undefined) return 0;
              processed += 1;
              return processor(processed - 1);
            },
          },
        }),
    ...options,
  });
  return run.start().done;
}

/** `count` times, so many microseconds apart. */
export function* every(step: number, count: number, from = 0): Generator<number> {
  for (let i = 0; i < count; i += 1) yield from + i * step;
}

/** The minute of the day that a bar belongs to, from 13:00 on. */
export const minuteOf = ({ end }: Bar): number => Math.ceil((end - START) / MINUTE) - 1;
