import { LogLinearHistogram } from '../../operators';
import type { Micros } from '../bars/bar';
import { FEED_COUNTERS } from '../feedEvents';
import type { FeedCounter, FeedEvent, FeedTally } from '../feedEvents';
import { isEmptyTally, noTally } from './feedTally';

/** What is counted of one feed until it leaves as an event. */
export class FeedAccount {
  readonly #name: string;
  readonly #counts = noTally();
  readonly #symbols = new Map<string, FeedTally>();
  readonly #lag = new LogLinearHistogram();

  constructor(name: string) {
    this.#name = name;
  }

  get isEmpty(): boolean {
    return isEmptyTally(this.#counts);
  }

  /** Whether something that cannot be read was counted. */
  get hasBadRows(): boolean {
    return this.#counts.bad > 0;
  }

  /** A frame that holds no row. */
  countUnusable(counter: 'bad' | 'other'): void {
    this.#counts.received += 1;
    this.#counts[counter] += 1;
  }

  count(symbol: string, counter: FeedCounter, by = 1): void {
    this.#counts[counter] += by;
    let tally = this.#symbols.get(symbol);
    if (tally === undefined) this.#symbols.set(symbol, (tally = noTally()));
    tally[counter] += by;
  }

  /** How much later than the fastest row of the last minutes a row came. */
  lag(micros: Micros): void {
    this.#lag.record(Math.max(0, micros) / 1_000);
  }

  /** What was counted since the last event; there is something. */
  take(at: number, skew: Micros): FeedEvent {
    const lag = this.#lag;
    const event: FeedEvent = {
      type: 'feed',
      at,
      source: this.#name,
      counts: { ...this.#counts },
      ...(skew > -Infinity ? { skewMs: skew / 1_000 } : {}),
      lag: { count: lag.count, totalMs: lag.total, maxMs: lag.max, buckets: lag.drain() },
      symbols: [...this.#symbols]
        .filter(([, tally]) => !isEmptyTally(tally))
        .map(([symbol, tally]) => [symbol, FEED_COUNTERS.map((counter) => tally[counter])]),
    };
    for (const tally of [this.#counts, ...this.#symbols.values()]) Object.assign(tally, noTally());
    return event;
  }
}
