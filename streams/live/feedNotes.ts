import type { Micros } from '../bars/bar';
import type { FeedEvent } from '../feedEvents';
import type { IdVerdict } from './idTracker';
import type { SkewJump } from './slidingSkew';

/** Gaps beyond this many are counted, and make no note of their own. */
const MOST_GAPS_NOTED = 1_000;

/** What happened to feeds, besides what is counted, until it leaves as events. */
export class FeedNotes {
  #notes: FeedEvent[] = [];
  #gaps = 0;

  get isEmpty(): boolean {
    return this.#notes.length === 0;
  }

  add(note: FeedEvent): void {
    this.#notes.push(note);
  }

  connected(
    source: string,
    at: Micros,
    { isInCode, hasNoIds }: { readonly isInCode: boolean; readonly hasNoIds: boolean },
  ): void {
    this.add({
      type: 'connected',
      at: at / 1_000,
      source,
      ...(isInCode ? { isInCode } : {}),
      ...(hasNoIds ? { hasNoIds } : {}),
    });
  }

  disconnected(source: string, at: Micros, reason: string): void {
    this.add({ type: 'disconnected', at: at / 1_000, source, reason });
  }

  gap(
    source: string,
    at: Micros,
    symbol: string,
    { missing, from, to }: Extract<IdVerdict, { kind: 'gap' }>,
  ): void {
    this.#gaps += 1;
    if (this.#gaps > MOST_GAPS_NOTED) return;
    this.add({ type: 'gap', at: at / 1_000, source, symbol, missing, from, to });
  }

  skew(source: string, at: Micros, { from, to }: SkewJump): void {
    this.add({ type: 'skew', at: at / 1_000, source, fromMs: from / 1_000, toMs: to / 1_000 });
  }

  take(): readonly FeedEvent[] {
    const notes = this.#notes;
    this.#notes = [];
    return notes;
  }
}
