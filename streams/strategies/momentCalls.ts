import { appendAll } from '../../operators/kernel/extremes';
import type { Bar, Micros } from '../bars/bar';
import type { WindowAt } from '../bars/calendar';
import type { Interval } from '../bars/interval';
import type { Watermark } from '../bars/item';
import { sessionsIn, timerIn } from '../bars/moments';
import type { Session, Strategy, StrategyContext } from './strategy';

/** A call of a strategy, by its number. */
export interface MomentCall {
  readonly strategy: number;
  readonly call: (context: StrategyContext) => unknown;
}

/** What strategies are called with besides bars, trades and quotes: one for each run, lead-in and session alike. */
export class MomentCalls {
  readonly #strategies: readonly Strategy[];
  readonly #timers: (WindowAt | undefined)[];
  readonly #sessionAt: WindowAt;
  readonly #hears: (strategy: Strategy, bar: Bar) => boolean;
  /** Until when timers have been called. */
  #timed: Micros = -Infinity;
  #hasStarted = false;
  #session: Session | undefined;
  /** Bars that have ended since the last instant. */
  #closed: Bar[] = [];
  readonly #hasBars: boolean;

  constructor(
    strategies: readonly Strategy[],
    base: Interval,
    hears: (strategy: Strategy, bar: Bar) => boolean,
  ) {
    this.#strategies = strategies;
    this.#hears = hears;
    this.#timers = strategies.map(({ timer }) =>
      timer === undefined ? undefined : timerIn(timer, base),
    );
    this.#sessionAt = sessionsIn(base);
    this.#hasBars = strategies.some((strategy) => strategy.onBars !== undefined);
  }

  /** At the first item of all. */
  get start(): readonly MomentCall[] {
    if (this.#hasStarted) return NO_CALLS;
    this.#hasStarted = true;
    return this.#callsOf((strategy) =>
      strategy.onStart === undefined ? undefined : (context) => strategy.onStart?.(context),
    );
  }

  /** A bar ends. Ticks, which have no length, are instants of their own. */
  onBar(bar: Bar): readonly MomentCall[] {
    if (!this.#hasBars) return NO_CALLS;
    this.#closed.push(bar);
    return bar.end > bar.start ? NO_CALLS : this.#barsTogether();
  }

  /** The time of the run has come to a watermark. */
  at({ time, last, opens, ends }: Watermark): readonly MomentCall[] {
    const calls = [...this.#barsTogether()];
    // The last watermark stands at the end of windows that the run has not come to.
    if (!last && time > this.#timed) {
      appendAll(calls, this.#timersAt(time));
      this.#timed = time;
    }
    const ending = this.#session;
    if (!last && ending !== undefined && ending.end <= time) {
      this.#session = undefined;
      appendAll(calls, this.#ends(ending));
    }
    if (opens === true) appendAll(calls, this.#opens(time));
    if (!last && ends !== true) return calls;
    const end = this.#callsOf((strategy) =>
      strategy.onEnd === undefined ? undefined : (context) => strategy.onEnd?.(context),
    );
    return [...calls, ...end];
  }

  #ends(session: Session): readonly MomentCall[] {
    return this.#callsOf((strategy) =>
      strategy.onSessionEnd === undefined
        ? undefined
        : (context) => strategy.onSessionEnd?.(session, context),
    );
  }

  #opens(time: Micros): readonly MomentCall[] {
    const { start, end } = this.#sessionAt(time);
    const session = (this.#session = { start, end });
    return this.#callsOf((strategy) =>
      strategy.onSessionStart === undefined
        ? undefined
        : (context) => strategy.onSessionStart?.(session, context),
    );
  }

  #timersAt(time: Micros): readonly MomentCall[] {
    return this.#callsOf((strategy, number) => {
      const window = this.#timers[number]?.(time - 1);
      const isDue = window?.isOpen === true && window.end === time;
      if (strategy.onTimer === undefined || !isDue) return undefined;
      return (context) => strategy.onTimer?.(time, context);
    });
  }

  #barsTogether(): readonly MomentCall[] {
    if (this.#closed.length === 0) return NO_CALLS;
    const closed = this.#closed;
    this.#closed = [];
    return this.#callsOf((strategy) => {
      const { symbols } = strategy;
      if (strategy.onBars === undefined) return undefined;
      const bars = closed.filter(
        (bar) => symbols?.includes(bar.symbol) !== false && this.#hears(strategy, bar),
      );
      return bars.length === 0 ? undefined : (context) => strategy.onBars?.(bars, context);
    });
  }

  #callsOf(
    callOf: (
      strategy: Strategy,
      number: number,
    ) => ((context: StrategyContext) => unknown) | undefined,
  ): readonly MomentCall[] {
    return this.#strategies.flatMap((strategy, number) => {
      const call = callOf(strategy, number);
      return call === undefined ? [] : [{ strategy: number, call }];
    });
  }
}

const NO_CALLS: readonly never[] = [];
