import { LogLinearHistogram } from '../../operators';
import type { Micros } from '../bars/bar';
import { FEED_COUNTERS } from '../feedEvents';
import type { FeedCounter, FeedEvent, FeedTally } from '../feedEvents';
import { isEmptyTally, noTally } from './feedTally';

/** Milliseconds between two events with all symbols. */
const SYMBOLS_MS = 10_000;

/** What is counted of one feed until it leaves as an event. */
export class FeedAccount {
  readonly #name: string;
  readonly #counts = noTally();
  readonly #symbols = new Map<string, FeedTally>();
  readonly #lag = new LogLinearHistogram();
  #symbolsAt = -Infinity;

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

  /** Whether counts of symbols have not left yet. */
  get hasArrears(): boolean {
    return [...this.#symbols.values()].some((tally) => !isEmptyTally(tally));
  }

  /**
   * What was counted since the last event. Symbols that lost nothing leave once in a while: with thousands of
   * them, an event would be mostly their numbers of rows.
   *
   * @param at milliseconds
   * @param isLast all symbols leave
   */
  take(at: number, skew: Micros, isLast: boolean): FeedEvent {
    const lag = this.#lag;
    const isTime = isLast || at >= this.#symbolsAt + SYMBOLS_MS;
    if (isTime) this.#symbolsAt = at;
    const leaving = [...this.#symbols].filter(
      ([, tally]) => !isEmptyTally(tally) && (isTime || hasLosses(tally)),
    );
    const event: FeedEvent = {
      type: 'feed',
      at,
      source: this.#name,
      counts: { ...this.#counts },
      ...(skew > -Infinity ? { skewMs: skew / 1_000 } : {}),
      lag: { count: lag.count, totalMs: lag.total, maxMs: lag.max, buckets: lag.drain() },
      symbols: leaving.map(([symbol, tally]) => [
        symbol,
        FEED_COUNTERS.map((counter) => tally[counter]),
      ]),
    };
    Object.assign(this.#counts, noTally());
    for (const [, tally] of leaving) Object.assign(tally, noTally());
    return event;
  }
}

const hasLosses = (tally: FeedTally): boolean =>
  FEED_COUNTERS.some((counter) => counter !== 'received' && tally[counter] > 0);
