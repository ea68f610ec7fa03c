import { FEED_COUNTERS } from '../feedEvents';
import type { FeedCounter, FeedEvent } from '../feedEvents';
import { noTally } from './feedTally';
import type { FeedTally } from './feedTally';

/** Rows that are found unusable behind the ingress: late for a history's windows, or in it already. */
export class RowsBehind {
  readonly #nameOf: (origin: number) => string;
  #tallies = new Map<string, Map<string, FeedTally>>();

  constructor(nameOf: (origin: number) => string) {
    this.#nameOf = nameOf;
  }

  get isEmpty(): boolean {
    return this.#tallies.size === 0;
  }

  count(origin: number, symbol: string, counter: FeedCounter, by = 1): void {
    const source = this.#nameOf(origin);
    let symbols = this.#tallies.get(source);
    if (symbols === undefined) this.#tallies.set(source, (symbols = new Map<string, FeedTally>()));
    let tally = symbols.get(symbol);
    if (tally === undefined) symbols.set(symbol, (tally = noTally()));
    tally[counter] += by;
  }

  take(at: number): FeedEvent[] {
    if (this.isEmpty) return [];
    const tallies = this.#tallies;
    this.#tallies = new Map();
    return [...tallies].map(([source, symbols]): FeedEvent => {
      const counts = noTally();
      for (const tally of symbols.values()) {
        for (const counter of FEED_COUNTERS) counts[counter] += tally[counter];
      }
      return {
        type: 'feed',
        at,
        source,
        counts,
        lag: { count: 0, totalMs: 0, maxMs: 0, buckets: [] },
        symbols: [...symbols].map(([symbol, tally]) => [
          symbol,
          FEED_COUNTERS.map((counter) => tally[counter]),
        ]),
      };
    });
  }
}
