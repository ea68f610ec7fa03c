import type { Row } from '../frame/table';
import { BarBuilder } from '../work/barBuilder';
import type { TickLike } from '../work/barBuilder';
import type { BarLike } from '../work/crossings';
import { Crossings } from '../work/crossings';
import { each, eightSymbols, tickAt } from './input';
import { analysing, deriving } from './stages';
import type { SignalLike } from './stages';

async function* coordinate(ticks: Iterable<TickLike>): AsyncGenerator<BarLike> {
  const minutes = new BarBuilder('1m');
  for await (const tick of ticks) {
    const bar = minutes.addTick(tick);
    if (bar !== undefined) yield bar;
  }
}

async function* derive(bars: AsyncIterable<BarLike>): AsyncGenerator<BarLike> {
  const derived = deriving();
  for await (const bar of bars) yield* derived(bar);
}

async function* analyse(
  bars: AsyncIterable<BarLike>,
  crossings: Crossings,
): AsyncGenerator<SignalLike> {
  const advise = analysing(crossings);
  for await (const bar of bars) {
    const signal = advise(bar);
    if (signal !== undefined) yield signal;
  }
}

/** A stage is an async generator over the one before it. */
export const generators: Row = {
  name: 'generators',
  title: 'async generators',
  prepare: ({ size, checking }) => {
    const ticks = eightSymbols(size);
    return async () => {
      const crossings = new Crossings(checking);
      let signals = 0;
      for await (const _signal of analyse(derive(coordinate(each(ticks, tickAt))), crossings)) {
        signals += 1;
      }
      const counts = crossings.counts();
      if (signals !== counts.buys + counts.sells) throw new Error('signals were lost');
      return { items: size, same: counts };
    };
  },
};
