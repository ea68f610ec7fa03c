import { from as fromAsync } from 'ix/asynciterable';
import {
  filter as filterAsync,
  flatMap as flatMapAsync,
  map as mapAsync,
} from 'ix/asynciterable/operators';
import { from } from 'ix/iterable';
import { filter, flatMap, map } from 'ix/iterable/operators';
import type { Row } from '../frame/table';
import { BarBuilder } from '../work/barBuilder';
import type { BarLike } from '../work/crossings';
import { each, tickAt } from './input';
import { onEightSymbols } from './onEightSymbols';
import { analysing, deriving } from './stages';

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

/** IxJS pulls asynchronously: the one of its two kinds that can wait for a slow stage. */
export const ixAsync: Row = {
  name: 'ix-async',
  title: 'IxJS async iterables',
  prepare: onEightSymbols(async (ticks, crossings) => {
    const minutes = new BarBuilder('1m');
    const derive = deriving();
    const analyse = analysing(crossings);
    await fromAsync(each(ticks, tickAt))
      .pipe(
        mapAsync((tick) => minutes.addTick(tick)),
        filterAsync(isThere<BarLike>),
        flatMapAsync((bar) => fromAsync(derive(bar))),
        mapAsync((bar) => analyse(bar)),
        filterAsync(isThere),
      )
      .forEach(() => undefined);
  }),
};

/** IxJS pulls synchronously: nothing can wait. */
export const ix: Row = {
  name: 'ix',
  title: 'IxJS iterables (synchronous)',
  prepare: onEightSymbols((ticks, crossings) => {
    const minutes = new BarBuilder('1m');
    const derive = deriving();
    const analyse = analysing(crossings);
    from(each(ticks, tickAt))
      .pipe(
        map((tick) => minutes.addTick(tick)),
        filter(isThere<BarLike>),
        flatMap((bar) => derive(bar)),
        map((bar) => analyse(bar)),
        filter(isThere),
      )
      .forEach(() => undefined);
  }),
};
