import { BarBuilder } from '../work/barBuilder';
import type { BarLike, Crossings, Side } from '../work/crossings';
import { DERIVED } from './input';

/** The processor of the peers' rows: the bar itself, and the derived ones that it closes. */
export function deriving(): (bar: BarLike) => readonly BarLike[] {
  const builders = DERIVED.map((interval) => new BarBuilder(interval));
  return (bar) => {
    const bars = [bar];
    for (const builder of builders) {
      const closed = builder.addBar(bar);
      if (closed !== undefined) bars.push(closed);
    }
    return bars;
  };
}

export interface SignalLike {
  readonly strategy: string;
  readonly symbol: string;
  readonly interval: string;
  readonly time: number;
  readonly side: Side;
}

/** The analysis of the peers' rows: a signal where the averages cross. */
export function analysing(crossings: Crossings): (bar: BarLike) => SignalLike | undefined {
  return (bar) => {
    const side = crossings.onBar(bar);
    if (side === undefined) return undefined;
    const { symbol, interval, end: time } = bar;
    return { strategy: 'crossover', symbol, interval, time, side };
  };
}
