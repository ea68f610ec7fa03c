import { makeTicks } from '../work/ticks';
import type { Ticks } from '../work/ticks';
import type { BarLike } from '../work/crossings';
import type { TickLike } from '../work/barBuilder';

/** 5 million ticks are one day: every symbol trades hundreds of times a minute. */
export const SPACING = 17.28;

export const eightSymbols = (ticks: number): Ticks =>
  makeTicks({ ticks, symbols: 8, spacing: SPACING });

export const DERIVED = ['5m', '15m'] as const;

/** A row as the object that a user's chain carries. */
export const tickAt = (ticks: Ticks, row: number): TickLike => ({
  symbol: ticks.symbols[ticks.symbol[row] as number] as string,
  time: ticks.time[row] as number,
  price: ticks.price[row] as number,
  size: ticks.size[row] as number,
});

/** A row as a bar of its own. */
export function tickBarAt(ticks: Ticks, row: number): BarLike {
  const time = ticks.time[row] as number;
  const price = ticks.price[row] as number;
  return {
    symbol: ticks.symbols[ticks.symbol[row] as number] as string,
    interval: 'tick',
    start: time,
    end: time,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: ticks.size[row] as number,
    count: 1,
  };
}

export function* each<T>(ticks: Ticks, at: (ticks: Ticks, row: number) => T): Generator<T> {
  for (let row = 0; row < ticks.length; row += 1) yield at(ticks, row);
}
