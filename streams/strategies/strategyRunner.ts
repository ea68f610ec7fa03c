import type { Bar, Signal } from '../bars/bar';
import { StrategyError } from '../errors';
import type { PipelineEvent } from '../events';
import type { BarReader } from '../bars/history';
import type { Item } from '../bars/item';
import { StageFailure } from '../threads/stageFailure';
import type { Interval } from '../bars/interval';
import { wantsMoments } from '../bars/moments';
import type { CallMonitor } from './callMonitor';
import { MomentCalls } from './momentCalls';
import type { MomentCall } from './momentCalls';
import { PendingSignals } from './pendingSignals';
import { PinnedContext } from './pinnedContext';
import { settleInTime } from './settleInTime';
import { INSTANT, NO_SYMBOL, signalsOf } from './signalsOf';
import { isTickRow } from '../bars/tickSeries';
import type { Strategy } from './strategy';
import { hearing, hears, WakeLists } from './wakeLists';
import type { Woken } from './wakeLists';
import { wishesOf } from './wrapStrategy';
import { WorkLedger } from './workLedger';
import type { FlushKind, StrategyTotals } from './workLedger';

export interface StrategyRunnerOptions {
  /** Milliseconds; strategies are not timed without it. */
  readonly stopwatch?: (() => number) | undefined;
  /** A faulty strategy fails the run instead of being counted. */
  readonly strict?: boolean;
  /** Milliseconds that a strategy may keep the stage waiting before the run fails; none unless given. */
  readonly stageTimeout?: number | undefined;
  /** Sees each call begin and end. */
  readonly callMonitor?: CallMonitor | undefined;
  /** Called with a strategy's number and how long it took, after each bar that it was called with. */
  readonly onCharge?: ((strategy: number, took: number) => void) | undefined;
  /** Calls without a bar, shared with whom else the strategies run in; its own unless given. */
  readonly moments?: MomentCalls | undefined;
  /** What contexts say of it. */
  readonly isLeadIn?: boolean;
}

/** Is informed within a service how its time was spent, in milliseconds. */
export interface ChargeMeter {
  /** A strategy's part, by its number. */
  onCharge(strategy: number, took: number): void;
  /** For so long a strategy was awaited. */
  onAwaited(ms: number): void;
}

/** One bar's way through the strategies that it wakes. */
interface Call {
  readonly bar: Bar;
  readonly item: Item;
  readonly woken: readonly Woken[];
  readonly context: PinnedContext;
  /** None until one of them has said something. */
  signals: Signal[] | undefined;
  readonly closed: () => boolean;
  /** Of a trade or quote: calls a strategy with it. */
  readonly hear: ((strategy: Strategy, at: number) => unknown) | undefined;
}

const NOTHING: readonly never[] = [];
const OPEN = (): boolean => false;

/** Stands for the bar of a call that none causes. */
const MOMENT: Omit<Bar, 'start' | 'end'> = {
  symbol: NO_SYMBOL,
  interval: INSTANT,
  ...{ open: NaN, high: NaN, low: NaN, close: NaN, volume: 0, count: 0, complete: true },
};

const hasCallsWithoutBar = (strategies: readonly Strategy[]): boolean =>
  strategies.some((strategy) => strategy.onStart !== undefined) ||
  wantsMoments(wishesOf(strategies).moments);

type Signals = readonly Signal[] | Promise<readonly Signal[]> | undefined;

/** Signals, and behind them those of what comes next. */
function joined(
  first: Signals,
  next: () => Signals,
): readonly Signal[] | Promise<readonly Signal[]> {
  if (first instanceof Promise) {
    return first.then(async (signals) => [...signals, ...((await next()) ?? NOTHING)]);
  }
  const second = next();
  if (second instanceof Promise)
    return second.then((signals) => [...(first ?? NOTHING), ...signals]);
  return [...(first ?? NOTHING), ...(second ?? NOTHING)];
}

/** Wakes the strategies that want to hear of a bar, keeps their accounts, and isolates the faulty ones. */
export class StrategyRunner {
  readonly #history: BarReader;
  readonly #strategies: readonly Strategy[];
  readonly #stopwatch: (() => number) | undefined;
  readonly #strict: boolean;
  readonly #stageTimeout: number | undefined;
  readonly #monitor: CallMonitor | undefined;
  #latest = 0;
  readonly #charged: ((strategy: number, took: number) => void) | undefined;
  #meter: ChargeMeter | undefined;
  readonly #pending = new PendingSignals();
  readonly #ledger: WorkLedger;
  readonly #moments: MomentCalls;
  readonly #isLeadIn: boolean;
  #hasStarted = false;
  readonly #wakeLists: WakeLists;

  constructor(
    history: BarReader,
    strategies: readonly Strategy[],
    {
      stopwatch,
      strict = false,
      stageTimeout,
      callMonitor,
      onCharge: charged,
      moments = new MomentCalls(strategies, history.intervals[0] as Interval, hears),
      isLeadIn = false,
    }: StrategyRunnerOptions = {},
  ) {
    this.#moments = moments;
    this.#isLeadIn = isLeadIn;
    this.#history = history;
    this.#strategies = strategies;
    this.#stopwatch = stopwatch;
    this.#strict = strict;
    this.#stageTimeout = stageTimeout;
    this.#monitor = callMonitor;
    this.#charged = charged;
    this.#wakeLists = new WakeLists(strategies, history.intervals.length);
    this.#ledger = new WorkLedger(
      strategies.map(({ name }) => name),
      [
        ...history.intervals.map(({ name }) => name),
        ...(hasCallsWithoutBar(strategies) ? [INSTANT] : []),
      ],
    );
  }

  /** From now on, `meter` is notified of every service. */
  observe(meter: ChargeMeter): void {
    this.#meter = meter;
  }

  /** Names of the strategies, by their numbers. */
  get names(): readonly string[] {
    return this.#strategies.map(({ name }) => name);
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
    closed: () => boolean = OPEN,
  ): readonly Signal[] | Promise<readonly Signal[]> | undefined {
    this.#latest = began;
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      const calls = this.#moments.start;
      if (calls.length > 0) {
        const signals = this.#runMoment(item, calls, began, closed);
        return joined(signals, () => this.#runItem(item, this.#latest, closed));
      }
    }
    return this.#runItem(item, began, closed);
  }

  #runItem(
    item: Item,
    began: number,
    closed: () => boolean,
  ): readonly Signal[] | Promise<readonly Signal[]> | undefined {
    const { bar, watermark } = item;
    if (bar === undefined) {
      const calls = watermark === undefined ? NOTHING : this.#moments.at(watermark);
      return calls.length === 0 ? undefined : this.#runMoment(item, calls, began, closed);
    }
    const isTick = item.interval > 0 && isTickRow(bar);
    const together = isTick ? NOTHING : this.#moments.onBar(bar);
    const woken = this.#wakeLists.of(item, bar);
    if (woken.length === 0 && together.length === 0) return undefined;
    const context = new PinnedContext(this.#history, item, bar, this.#isLeadIn);
    const hear = isTick ? hearing(bar, context) : undefined;
    const call = { bar, item, woken, context, signals: undefined, closed, hear };
    const signals = this.#runFrom(0, call, began);
    if (together.length === 0) return signals;
    return joined(signals, () => this.#runMoment(item, together, this.#latest, closed));
  }

  /** Calls that no single bar causes; their signals name their symbol. */
  #runMoment(
    item: Item,
    calls: readonly MomentCall[],
    began: number,
    closed: () => boolean,
  ): readonly Signal[] | Promise<readonly Signal[]> {
    const time = item.watermark?.time ?? item.bar?.end ?? item.market;
    const bar = { ...MOMENT, start: time, end: time };
    const context = new PinnedContext(this.#history, item, bar, this.#isLeadIn);
    const woken = calls.map(({ strategy: index }) => ({
      strategy: this.#strategies[index] as Strategy,
      index,
    }));
    const hear = (_strategy: Strategy, at: number): unknown => calls[at]?.call(context);
    const call = { bar, item, woken, context, signals: undefined, closed, hear };
    return this.#runFrom(0, call, began);
  }

  /**
   * The stage has emitted a signal; they leave in the order in which `run` returned them. Only then it
   * is counted: those of an item that is discarded never are.
   */
  onSignal(): void {
    const strategy = this.#pending.shift();
    if (strategy !== undefined) this.#ledger.onSignal(strategy);
  }

  /** What each strategy that was called did since the last flush. */
  totals(at: number): StrategyTotals {
    return this.#ledger.flush(at, 'partial').flatMap(({ totals }) => totals);
  }

  /** Events of what happened since the last flush. */
  flush(at: number, kind: FlushKind): readonly PipelineEvent[] {
    return this.#ledger.flush(at, kind);
  }

  /** One strategy after another; a promise once one of them takes its time. */
  #runFrom(
    first: number,
    call: Call,
    start: number,
  ): readonly Signal[] | Promise<readonly Signal[]> {
    const { bar, woken, context } = call;
    let began = start;
    for (let i = first; i < woken.length && !call.closed(); i += 1) {
      const { strategy, index } = woken[i] as Woken;
      try {
        this.#monitor?.onBegin(strategy.name, bar);
        const answer =
          call.hear === undefined ? strategy.onBar(bar, context) : call.hear(strategy, i);
        if (isLater(answer)) {
          this.#monitor?.onEnd();
          return this.#await(answer, i, call, began);
        }
        this.#listen(strategy, index, call, answer);
        this.#monitor?.onEnd();
      } catch (error) {
        this.#monitor?.onEnd();
        this.#blame(index, call, error, began);
      }
      began = this.#charge(index, call, began);
    }
    return call.signals ?? NOTHING;
  }

  /** Waits for the strategy with this number, then runs those behind it. */
  async #await(
    answer: PromiseLike<unknown>,
    number: number,
    call: Call,
    began: number,
  ): Promise<readonly Signal[]> {
    const { strategy, index } = call.woken[number] as Woken;
    const asked = this.#stopwatch?.() ?? 0;
    let later: unknown;
    let failure: { readonly error: unknown } | undefined;
    try {
      later = await this.#inTime(answer, strategy.name, call.bar);
    } catch (error) {
      if (error instanceof StageFailure) throw error;
      failure = { error };
    }
    if (call.closed()) return NOTHING;
    if (this.#stopwatch !== undefined) this.#meter?.onAwaited(this.#stopwatch() - asked);
    try {
      if (failure !== undefined) throw failure.error;
      this.#listen(strategy, index, call, later);
    } catch (error) {
      this.#blame(index, call, error, began);
    }
    return this.#runFrom(number + 1, call, this.#charge(index, call, began));
  }

  /** Adds what a strategy said to the call's signals; throws where that is no advice. */
  #listen(strategy: Strategy, index: number, call: Call, answer: unknown): void {
    const { bar } = call;
    const said = signalsOf(strategy.name, bar, answer);
    if (said.length === 0 || strategy.isWarm?.(bar.symbol, bar.interval) === false) return;
    const { signals } = call;
    if (signals === undefined) call.signals = [...said];
    // One by one: a spread of millions of arguments overflows the stack.
    else for (const signal of said) signals.push(signal);
    this.#pending.add(index, said.length);
  }

  /** What a strategy promised; rejects with a `StageFailure` where it takes too long. */
  #inTime<T>(answer: PromiseLike<T>, strategy: string, bar: Bar): PromiseLike<T> {
    const ms = this.#stageTimeout;
    if (ms === undefined) return answer;
    const { symbol, interval, start } = bar;
    return settleInTime(
      answer,
      ms,
      (found) => new StageFailure({ stage: 'analysis', strategy, symbol, interval, start }, found),
    );
  }

  #charge(strategy: number, { item, bar }: Call, began: number): number {
    const now = this.#stopwatch?.() ?? 0;
    const took = this.#stopwatch === undefined ? 0 : now - began;
    if (bar.interval === INSTANT) {
      this.#ledger.onCall(strategy, this.#history.intervals.length, 0, bar.symbol, took);
    } else {
      // 0 stands for no symbol.
      this.#ledger.onCall(strategy, item.interval, item.symbol + 1, bar.symbol, took);
    }
    if (this.#stopwatch === undefined) return 0;
    this.#latest = now;
    this.#charged?.(strategy, took);
    this.#meter?.onCharge(strategy, took);
    return now;
  }

  #blame(strategy: number, call: Call, cause: unknown, began: number): void {
    this.#ledger.onError(strategy, cause);
    if (!this.#strict) return;
    this.#charge(strategy, call, began);
    throw new StrategyError(this.#strategies[strategy]?.name ?? '', call.bar, cause);
  }
}

/** A promise, of what kind: a strategy may come with its own. */
function isLater<T>(answer: T | PromiseLike<T>): answer is PromiseLike<T> {
  return typeof (answer as { then?: unknown } | null | undefined)?.then === 'function';
}
