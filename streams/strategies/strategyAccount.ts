import { causeText } from '../causeText';
import type { PipelineEvent } from '../events';
import type { Strategy } from './strategy';

/** One strategy's account of one symbol and interval since the last flush. */
export class StrategyAccount {
  private items = 0;
  private signals = 0;
  private errors = 0;
  private totalMs = 0;
  private maxMs = 0;
  private error: string | undefined;

  constructor(
    readonly strategy: Strategy,
    /** The strategy's number, in the order in which they were given. */
    readonly index: number,
    readonly symbol: string,
    readonly interval: string,
  ) {}

  get isWarm(): boolean {
    return this.strategy.isWarm?.(this.symbol, this.interval) !== false;
  }

  /** It was called with a bar, which took this many milliseconds. */
  called(took: number): void {
    this.items += 1;
    this.totalMs += took;
    if (took > this.maxMs) this.maxMs = took;
  }

  said(signals: number): void {
    this.signals += signals;
  }

  failed(cause: unknown): void {
    this.errors += 1;
    this.error ??= causeText(cause);
  }

  /** The account as an event, unless nothing has happened; starts anew. */
  flush(at: number): PipelineEvent | undefined {
    if (this.items === 0 && this.signals === 0) return undefined;
    const { strategy, symbol, interval, items, signals, errors, totalMs, maxMs, error } = this;
    this.items = 0;
    this.signals = 0;
    this.errors = 0;
    this.totalMs = 0;
    this.maxMs = 0;
    this.error = undefined;
    return {
      type: 'strategy',
      at,
      strategy: strategy.name,
      symbol,
      interval,
      items,
      signals,
      errors,
      totalMs,
      maxMs,
      ...(error === undefined ? {} : { error }),
    };
  }
}
