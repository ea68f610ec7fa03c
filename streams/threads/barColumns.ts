import type { Bar } from '../bars/bar';
import type { Interval } from '../bars/interval';
import type { RingMemory, RingShape } from './ring';
import { RingReader } from './ringReader';
import { RingWriter } from './ringWriter';

const VALUES = ['start', 'end', 'open', 'high', 'low', 'close', 'volume', 'count'] as const;

/** Where they are, behind the values. */
const COVERAGE = VALUES.length;
const GAP = VALUES.length + 1;

/** The values of a bar, its coverage and its gap; symbol, interval, complete. */
export const BAR_COLUMNS: Omit<RingShape, 'slots'> = { doubles: GAP + 1, ints: 3 };

interface WaitingBar {
  readonly bar: Bar;
  readonly symbol: number;
  readonly interval: number;
}

/** Bars on their way to anyone who observes them in the coordinator's thread; nobody waits for their reader. */
export class BarSender {
  readonly #ring: RingWriter;
  readonly #waiting: WaitingBar[] = [];

  constructor(memory: RingMemory) {
    this.#ring = new RingWriter(memory);
  }

  push(bar: Bar, symbol: number, interval: number): void {
    if (this.#waiting.length === 0 && this.#ring.hasRoom()) this.#write(bar, symbol, interval);
    else this.#waiting.push({ bar, symbol, interval });
  }

  publish(): void {
    if (this.#waiting.length > 0) this.#refill();
    this.#ring.publish();
  }

  /** What has found no room to the end: it has to go another way. */
  leftover(): readonly Bar[] {
    return this.#waiting.splice(0).map(({ bar }) => bar);
  }

  #refill(): void {
    let moved = 0;
    while (moved < this.#waiting.length && this.#ring.hasRoom()) {
      const { bar, symbol, interval } = this.#waiting[moved] as WaitingBar;
      this.#write(bar, symbol, interval);
      moved += 1;
    }
    this.#waiting.splice(0, moved);
  }

  #write(bar: Bar, symbol: number, interval: number): void {
    const { slot } = this.#ring;
    const { doubles, ints } = this.#ring.cells;
    for (let k = 0; k < VALUES.length; k += 1) {
      (doubles[k] as Float64Array)[slot] = bar[VALUES[k] as (typeof VALUES)[number]];
    }
    (doubles[COVERAGE] as Float64Array)[slot] = bar.coverage ?? NaN;
    (doubles[GAP] as Float64Array)[slot] = bar.gap ?? 0;
    (ints[0] as Int32Array)[slot] = symbol;
    (ints[1] as Int32Array)[slot] = interval;
    (ints[2] as Int32Array)[slot] = bar.complete ? 1 : 0;
    this.#ring.advance();
  }
}

export class BarReceiver {
  readonly #ring: RingReader;
  readonly #intervals: readonly Interval[];
  readonly #symbols: () => readonly string[];
  readonly #next: (bar: Bar) => void;

  constructor(
    memory: RingMemory,
    intervals: readonly Interval[],
    symbols: () => readonly string[],
    next: (bar: Bar) => void,
  ) {
    this.#ring = new RingReader(memory);
    this.#intervals = intervals;
    this.#symbols = symbols;
    this.#next = next;
  }

  /** Hands out what there is, and wakes up when there is more. */
  readonly look = (): void => {
    do this.drain();
    while (!this.#ring.cells.consumer.sleep(() => this.#ring.available() > 0, this.look));
  };

  drain(): void {
    while (this.#ring.available() > 0) {
      const bar = this.#read(this.#ring.slot);
      this.#ring.take();
      this.#ring.finish(0);
      this.#next(bar);
    }
    this.#ring.publish();
  }

  #read(slot: number): Bar {
    const { doubles, ints } = this.#ring.cells;
    const value = (k: number): number => (doubles[k] as Float64Array)[slot] as number;
    const coverage = value(COVERAGE);
    const gap = value(GAP);
    return {
      symbol: this.#symbols()[ints[0]?.[slot] as number] as string,
      interval: this.#intervals[ints[1]?.[slot] as number]?.name as string,
      start: value(0),
      end: value(1),
      open: value(2),
      high: value(3),
      low: value(4),
      close: value(5),
      volume: value(6),
      count: value(7),
      complete: ints[2]?.[slot] === 1,
      ...(Number.isNaN(coverage) ? {} : { coverage }),
      ...(gap === 0 ? {} : { gap }),
    };
  }
}
