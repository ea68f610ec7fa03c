import { FEED_COUNTERS } from '../feedEvents';
import type { FeedCounter, FeedEvent } from '../feedEvents';
import { noTally } from './feedTally';
import type { FeedTally } from './feedTally';

/** Rows that are found unusable behind the ingress: late for a history's windows, or in it already. */
export class RowsBehind {
  readonly #nameOf: (origin: number) => string;
  readonly #gaps: FeedEvent[] = [];
  #tallies = new Map<string, Map<string, FeedTally>>();

  constructor(nameOf: (origin: number) => string) {
    this.#nameOf = nameOf;
  }

  get isEmpty(): boolean {
    return this.#tallies.size === 0 && this.#gaps.length === 0;
  }

  count(origin: number, symbol: string, counter: FeedCounter, by = 1): void {
    const source = this.#nameOf(origin);
    let symbols = this.#tallies.get(source);
    if (symbols === undefined) this.#tallies.set(source, (symbols = new Map<string, FeedTally>()));
    let tally = symbols.get(symbol);
    if (tally === undefined) symbols.set(symbol, (tally = noTally()));
    tally[counter] += by;
  }

  /** Ids `from` to `to` of a symbol lie between a history and its feed. */
  gap(origin: number, symbol: string, from: number, to: number): void {
    const missing = to - from + 1;
    this.count(origin, symbol, 'gaps');
    this.count(origin, symbol, 'missing', missing);
    const source = this.#nameOf(origin);
    this.#gaps.push({ type: 'gap', at: 0, source, symbol, missing, from, to });
  }

  take(at: number): FeedEvent[] {
    if (this.isEmpty) return [];
    const gaps = this.#gaps.splice(0).map((gap) => ({ ...gap, at }));
    const tallies = this.#tallies;
    this.#tallies = new Map();
    const counted = [...tallies].map(([source, symbols]): FeedEvent => {
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
    return [...gaps, ...counted];
  }
}
