import type { Row } from '../frame/table';
import { BarBuilder } from '../work/barBuilder';
import type { TickLike } from '../work/barBuilder';
import type { BarLike } from '../work/crossings';
import type { Crossings } from '../work/crossings';
import type { Ticks } from '../work/ticks';
import { each, tickAt } from './input';
import { onEightSymbols } from './onEightSymbols';
import { analysing, deriving } from './stages';
import type { SignalLike } from './stages';

/** Ticks as a feed has them: each of them arrives. */
async function* feed(ticks: Ticks): AsyncGenerator<TickLike> {
  for (const tick of each(ticks, tickAt)) yield tick;
}

async function* coordinate(ticks: AsyncIterable<TickLike>): AsyncGenerator<BarLike> {
  const minutes = new BarBuilder('1m');
  for await (const tick of ticks) {
    const bar = minutes.addTick(tick);
    if (bar !== undefined) yield bar;
  }
}

/** The ticks are there already: only bars cross between generators. */
async function* coordinateAtOnce(ticks: Iterable<TickLike>): AsyncGenerator<BarLike> {
  const minutes = new BarBuilder('1m');
  for (const tick of ticks) {
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

const generating = (
  name: string,
  title: string,
  coordinator: (ticks: Ticks) => AsyncIterable<BarLike>,
): Row => ({
  name,
  title,
  prepare: onEightSymbols(async (ticks, crossings) => {
    const signals: SignalLike[] = [];
    for await (const signal of analyse(derive(coordinator(ticks)), crossings)) {
      signals.push(signal);
    }
  }),
});

/** A stage is an async generator over the one before it. */
export const generators = generating('generators', 'async generators', (ticks) =>
  coordinate(feed(ticks)),
);

export const generatorsOfBars = generating(
  'generators-bars',
  'async generators, only from the bars on',
  (ticks) => coordinateAtOnce(each(ticks, tickAt)),
);
