import type { Work } from '../../../src/capacity/work';
import { collectTimings } from '../../../src/capacity/collectTimings';
import type { Timings } from '../../../src/journal';
import { replay } from '../../../src/replay';
import type { Report } from '../../../src/report';
import type { Bar, PipelineOptions } from '../../../streams';
import { fromBars } from '../../../streams/sources';
import { minute } from '../journal/given';

/** A queue's or a tandem's work: when items arrive, in milliseconds, and what they cost. */
export function workOf(
  arrivals: readonly number[],
  first: readonly number[],
  second: readonly number[] = [],
): Work {
  return {
    items: {
      length: arrivals.length,
      time: Float64Array.from(arrivals, (at) => at * 1_000),
      service: Float64Array.from(first),
      series: new Int32Array(arrivals.length),
    },
    updates: {
      length: second.length,
      service: Float64Array.from(second),
      cause: Uint32Array.from(second.keys()),
    },
  };
}

/** One-minute bars of some symbols; each symbol lacks some, the n-th every (n + 5)th. */
export function* minutes(symbols: readonly string[], count: number): Generator<Bar> {
  const ohlc = { open: 1, high: 1, low: 1, close: 1, volume: 1, count: 1, complete: true };
  for (let n = 0; n < count; n += 1) {
    for (const [index, symbol] of symbols.entries()) {
      if (n % (index + 5) === index + 1) continue;
      yield { symbol, interval: '1m', start: minute(n), end: minute(n + 1), ...ohlc };
    }
  }
}

/** A replay of some symbols' bars, with what each item cost in it. */
export async function timedReplay(
  options: PipelineOptions,
  symbols: readonly string[] = ['AAA', 'BBB', 'CCC'],
  count = 200,
): Promise<{ readonly report: Report; readonly timings: Timings }> {
  const collected = collectTimings();
  try {
    const itemMeter = collected.recorder;
    const run = replay(fromBars(minutes(symbols, count), { interval: 60_000_000 }), {
      ...options,
      itemMeter,
    });
    collected.follow(run);
    const report = await run.start().done;
    return { report, timings: collected.read() };
  } finally {
    collected.discard();
  }
}
