import type { Bar, Signal } from './bar';
import { StrategyError } from './errors';
import type { PipelineEvent } from './events';
import type { BarReader } from './history';
import type { Item } from './item';
import type { Strategy, StrategyContext } from './strategy';

export interface StrategyRunnerOptions {
  /** Milliseconds; strategies are not timed without it. */
  readonly stopwatch?: (() => number) | undefined;
  /** A faulty strategy fails the run instead of being counted. */
  readonly strict?: boolean;
  /** Called with a strategy's number and how long it took, after each bar that it was called with. */
  readonly charged?: ((strategy: number, took: number) => void) | undefined;
}

/** One strategy's account of one symbol and interval since the last flush. */
interface Account {
  readonly strategy: Strategy;
  /** The strategy's number, in the order in which they were given. */
  readonly index: number;
  readonly symbol: string;
  readonly interval: string;
  items: number;
  signals: number;
  errors: number;
  totalMs: number;
  maxMs: number;
  error: string | undefined;
}

/** One bar's way through the strategies that it wakes. */
interface Call {
  readonly item: Item;
  readonly bar: Bar;
  /** None until one of them has said something. */
  signals: Signal[] | undefined;
  readonly closed: () => boolean;
}

const NOTHING: readonly never[] = [];

/** Wakes the strategies that want to hear of a bar, keeps their accounts, and isolates the faulty ones. */
export class StrategyRunner {
  readonly #history: BarReader;
  readonly #strategies: readonly Strategy[];
  readonly #stopwatch: (() => number) | undefined;
  readonly #strict: boolean;
  #latest = 0;
  readonly #charged: ((strategy: number, took: number) => void) | undefined;
  /** By interval, then by symbol: who wants to hear of it. */
  readonly #woken: (readonly Account[] | undefined)[][];

  constructor(
    history: BarReader,
    strategies: readonly Strategy[],
    { stopwatch, strict = false, charged }: StrategyRunnerOptions = {},
  ) {
    this.#history = history;
    this.#strategies = strategies;
    this.#stopwatch = stopwatch;
    this.#strict = strict;
    this.#charged = charged;
    this.#woken = history.intervals.map(() => []);
  }

  /** Whether it has a stopwatch. */
  get timed(): boolean {
    return this.#stopwatch !== undefined;
  }

  /** What the stopwatch said last. */
  get latest(): number {
    return this.#latest;
  }

  /**
   * The signals of one complete bar; undefined where nobody is woken.
   *
   * @param began What the stopwatch says, for who has just looked.
   * @param closed Whether nobody wants the signals any more: then no further strategy is woken, and
   * what the one that was awaited comes with is neither heard nor charged.
   */
  run(
    item: Item,
    began = this.#stopwatch?.() ?? 0,
    closed: () => boolean = () => false,
  ): readonly Signal[] | Promise<readonly Signal[]> | undefined {
    const { bar } = item;
    this.#latest = began;
    if (bar === undefined) return undefined;
    const woken = this.#wokenBy(item, bar);
    return woken.length === 0
      ? undefined
      : this.#runFrom(0, woken, { item, bar, signals: undefined, closed }, began);
  }

  /** Events of what happened since the last flush. */
  flush(at: number): PipelineEvent[] {
    const events: PipelineEvent[] = [];
    for (const ofInterval of this.#woken) {
      for (const accounts of ofInterval) {
        for (const account of accounts ?? NOTHING) {
          if (account.items === 0) continue;
          events.push(eventOf(account, at));
          reset(account);
        }
      }
    }
    return events;
  }

  #wokenBy({ interval, symbol }: Item, bar: Bar): readonly Account[] {
    const ofInterval = this.#woken[interval] as (readonly Account[] | undefined)[];
    return (ofInterval[symbol] ??= this.#strategies
      .map((strategy, index) => ({ strategy, index }))
      .filter(
        ({ strategy }) =>
          strategy.symbols?.includes(bar.symbol) !== false &&
          strategy.intervals?.includes(bar.interval) !== false,
      )
      .map((who) => {
        const account = { ...who, symbol: bar.symbol, interval: bar.interval };
        return {
          ...account,
          items: 0,
          signals: 0,
          errors: 0,
          totalMs: 0,
          maxMs: 0,
          error: undefined,
        };
      }));
  }

  /** One strategy after another; a promise once one of them takes its time. */
  #runFrom(
    first: number,
    woken: readonly Account[],
    call: Call,
    start: number,
  ): readonly Signal[] | Promise<readonly Signal[]> {
    const { item, bar, closed } = call;
    const context = new PinnedContext(this.#history, item, bar);
    let began = start;
    for (let i = first; i < woken.length && !closed(); i += 1) {
      const account = woken[i] as Account;
      try {
        const answer = account.strategy.onBar(bar, context);
        if (isLater(answer)) {
          return Promise.resolve(answer)
            .then((later) => {
              if (!closed()) listen(account, call, later);
            })
            .catch((error: unknown) => {
              if (closed()) return;
              blame(account, error);
              if (this.#strict) this.#fail(account, bar, error, began);
            })
            .then(() => {
              if (closed()) return NOTHING;
              const now = this.#charge(account, began);
              return this.#runFrom(i + 1, woken, call, now);
            });
        }
        listen(account, call, answer);
      } catch (error) {
        blame(account, error);
        if (this.#strict) this.#fail(account, bar, error, began);
      }
      began = this.#charge(account, began);
    }
    return call.signals ?? NOTHING;
  }

  #charge(account: Account, began: number): number {
    account.items += 1;
    if (this.#stopwatch === undefined) return 0;
    const now = this.#stopwatch();
    const took = now - began;
    this.#latest = now;
    account.totalMs += took;
    if (took > account.maxMs) account.maxMs = took;
    this.#charged?.(account.index, took);
    return now;
  }

  #fail(account: Account, bar: Bar, cause: unknown, began: number): never {
    this.#charge(account, began);
    throw new StrategyError(account.strategy.name, bar, cause);
  }
}

/** A promise, of whatever kind: a strategy may come with its own. */
function isLater<T>(answer: T | PromiseLike<T>): answer is PromiseLike<T> {
  return typeof (answer as { then?: unknown } | null | undefined)?.then === 'function';
}

function blame(account: Account, cause: unknown): void {
  account.errors += 1;
  account.error ??= cause instanceof Error ? cause.message : String(cause);
}

class PinnedContext implements StrategyContext {
  readonly #history: BarReader;
  readonly #item: Item;
  readonly #bar: Bar;

  constructor(history: BarReader, item: Item, bar: Bar) {
    this.#history = history;
    this.#item = item;
    this.#bar = bar;
  }

  get time(): number {
    return this.#bar.end;
  }

  get symbols(): readonly string[] {
    return this.#history.symbols(this.#item);
  }

  get intervals(): readonly string[] {
    return this.#history.intervals.map(({ name }) => name);
  }

  /** Made when it is asked for, so that it can be taken out of the context. */
  get history(): StrategyContext['history'] {
    return (symbol = this.#bar.symbol, interval = this.#bar.interval) =>
      this.#history.view(symbol, interval, this.#item);
  }
}

/** Adds what a strategy said to the call's signals; throws where that is no advice. */
function listen(account: Account, call: Call, answer: unknown): void {
  if (answer === undefined || answer === null) return;
  const { bar } = call;
  const advices: readonly unknown[] = Array.isArray(answer) ? answer : [answer];
  const { strategy } = account;
  const said = advices.map((advice) => signalOf(strategy.name, bar, advice));
  if (strategy.isWarm?.(bar.symbol, bar.interval) === false) return;
  account.signals += said.length;
  if (said.length > 0) (call.signals ??= []).push(...said);
}

function signalOf(strategy: string, bar: Bar, advice: unknown): Signal {
  const { symbol, interval, end } = bar;
  const signal = { symbol, interval, time: end, ...(advice as object), strategy } as Signal;
  const { side, strength, note } = signal;
  const makesSense =
    typeof advice === 'object' &&
    (side === 'buy' || side === 'sell' || side === 'flat') &&
    (strength === undefined || Number.isFinite(strength)) &&
    (note === undefined || typeof note === 'string') &&
    typeof signal.symbol === 'string' &&
    typeof signal.interval === 'string' &&
    Number.isFinite(signal.time);
  if (makesSense) return signal;
  throw new TypeError(
    `returned ${JSON.stringify(advice)}, which is no signal: side must be buy, sell or flat, strength a number, note a text`,
  );
}

function eventOf(account: Account, at: number): PipelineEvent {
  const { strategy, symbol, interval, items, signals, errors, totalMs, maxMs, error } = account;
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

function reset(account: Account): void {
  account.items = 0;
  account.signals = 0;
  account.errors = 0;
  account.totalMs = 0;
  account.maxMs = 0;
  account.error = undefined;
}
