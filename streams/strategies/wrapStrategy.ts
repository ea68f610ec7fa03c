import { NO_MOMENTS } from '../bars/moments';
import { joinWishes } from '../bars/tickSeries';
import type { TickWishes } from '../bars/tickSeries';
import type { Strategy } from './strategy';

/** Every function of a strategy that a run calls with something that happened. */
export const CALLBACKS = [
  'onBar',
  'onBars',
  'onTrade',
  'onQuote',
  'onTimer',
  'onSessionStart',
  'onSessionEnd',
  'onStart',
  'onEnd',
] as const;

export type Callback = (typeof CALLBACKS)[number];

interface Wrapping {
  readonly name?: string;
  /** Called instead of each callback, with how to call it. */
  readonly around?: <A>(call: () => A, callback: Callback) => A;
}

const plainly: NonNullable<Wrapping['around']> = (call) => call();

/** A strategy around another one. A wrapper, not a copy: that one may have private state. */
export function wrapStrategy(
  strategy: Strategy,
  { name = strategy.name, around = plainly }: Wrapping,
): Strategy {
  const { symbols, intervals, needsQuotes, timer } = strategy;
  const callbacks = CALLBACKS.filter((callback) => strategy[callback] !== undefined).map(
    (callback) => [
      callback,
      (...given: readonly unknown[]) =>
        around(
          () =>
            (strategy[callback] as (...all: readonly unknown[]) => unknown).apply(strategy, [
              ...given,
            ]),
          callback,
        ),
    ],
  );
  return {
    name,
    ...(symbols === undefined ? {} : { symbols }),
    ...(intervals === undefined ? {} : { intervals }),
    ...(needsQuotes === undefined ? {} : { needsQuotes }),
    ...(timer === undefined ? {} : { timer }),
    isWarm: (symbol, interval) => strategy.isWarm?.(symbol, interval) ?? true,
    ...(Object.fromEntries(callbacks) as Pick<Strategy, Callback>),
  };
}

/** What a strategy wants besides bars, as its callbacks say. */
export const wishOf = (strategy: Strategy): TickWishes => {
  const { timer } = strategy;
  return {
    trades: strategy.onTrade !== undefined,
    quotes:
      strategy.onQuote !== undefined
        ? 'delivered'
        : strategy.needsQuotes === true
          ? 'kept'
          : undefined,
    moments: {
      ...NO_MOMENTS,
      instants: strategy.onBars !== undefined,
      timers: strategy.onTimer !== undefined && timer !== undefined ? [timer] : [],
      sessions: strategy.onSessionStart !== undefined || strategy.onSessionEnd !== undefined,
      ends: strategy.onEnd !== undefined,
    },
  };
};

export const wishesOf = (strategies: readonly Strategy[]): TickWishes =>
  joinWishes(strategies.map(wishOf));
