import type { Bar, Side } from './bar';
import type { Interval } from './interval';
import { joinMoments, NO_MOMENTS } from './moments';
import type { MomentWishes } from './moments';
import type { Quote, Trade } from './tick';

const TRADE = 'trade';
const QUOTE = 'quote';

/** What a run's strategies want besides bars. */
export interface TickWishes {
  readonly trades: boolean;
  /** `kept`: to be looked up only. */
  readonly quotes: 'delivered' | 'kept' | undefined;
  /** None unless given. */
  readonly moments?: MomentWishes;
}

export const NO_TICKS: TickWishes = { trades: false, quotes: undefined };

export const joinWishes = (all: readonly TickWishes[]): TickWishes => ({
  trades: all.some(({ trades }) => trades),
  quotes: all.some(({ quotes }) => quotes === 'delivered')
    ? 'delivered'
    : all.find(({ quotes }) => quotes !== undefined)?.quotes,
  moments: joinMoments(all.map(({ moments = NO_MOMENTS }) => moments)),
});

/**
 * The series of a run: those of bars, and behind them those of trades and quotes that somebody wants. A
 * trade or quote is a row like a bar's, with other meanings of its columns, so that it passes the stages,
 * is kept, timed and read by other threads as a bar is.
 */
export function withTicks(
  intervals: readonly Interval[],
  { trades, quotes }: TickWishes,
): readonly Interval[] {
  return [
    ...intervals,
    ...(trades ? [{ name: TRADE, length: 0, ticks: 'delivered' as const }] : []),
    ...(quotes === undefined ? [] : [{ name: QUOTE, length: 0, ticks: quotes }]),
  ];
}

export const barIntervals = (intervals: readonly Interval[]): readonly Interval[] =>
  intervals.filter(({ ticks }) => ticks === undefined);

/** Index of the series of trades or quotes; -1 where nobody wants them. */
export const tradeSeries = (intervals: readonly Interval[]): number =>
  intervals.findIndex(({ name, ticks }) => ticks !== undefined && name === TRADE);

export const quoteSeries = (intervals: readonly Interval[]): number =>
  intervals.findIndex(({ name, ticks }) => ticks !== undefined && name === QUOTE);

export const isTradeRow = ({ interval }: Bar): boolean => interval === TRADE;

/** Whether a row of a series is a trade or a quote, and no bar. */
export const isTickRow = ({ interval }: Bar): boolean => interval === TRADE || interval === QUOTE;

const SIDES: Readonly<Record<number, Side>> = { 1: 'buy', [-1]: 'sell' };

/** @param side 1: the buyer was the aggressor, -1: the seller, 0: unknown */
export const tradeRow = (
  symbol: string,
  time: number,
  price: number,
  size: number,
  side: number,
): Bar => ({
  symbol,
  interval: TRADE,
  start: time,
  end: time,
  open: price,
  high: price,
  low: price,
  close: price,
  volume: size,
  count: side,
  complete: true,
});

export const tradeOf = ({ symbol, end, close, volume, count }: Bar): Trade => ({
  symbol,
  time: end,
  price: close,
  size: volume,
  side: SIDES[count],
});

/** What is absent is not a number. */
export const quoteRow = (
  symbol: string,
  time: number,
  bid: number,
  ask: number,
  bidSize: number,
  askSize: number,
): Bar => ({
  symbol,
  interval: QUOTE,
  start: time,
  end: time,
  open: bid,
  high: bidSize,
  low: askSize,
  close: ask,
  volume: 0,
  count: 0,
  complete: true,
});

export const quoteOf = ({
  symbol,
  end,
  open,
  high,
  low,
  close,
}: Pick<Bar, 'symbol' | 'end' | 'open' | 'high' | 'low' | 'close'>): Quote => ({
  symbol,
  time: end,
  bid: numberOr(open),
  ask: numberOr(close),
  bidSize: numberOr(high),
  askSize: numberOr(low),
});

const numberOr = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);
