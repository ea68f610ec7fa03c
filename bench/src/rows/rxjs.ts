import { count, filter, lastValueFrom, map, mergeMap, range } from 'rxjs';
import type { Row } from '../frame/table';
import { BarBuilder } from '../work/barBuilder';
import { Crossings } from '../work/crossings';
import { eightSymbols, tickAt, tickBarAt } from './input';
import { analysing, deriving } from './stages';

/** A chain of rxjs operators as its users write them, which measures nothing. */
export const rxjs: Row = {
  name: 'rxjs',
  title: 'plain rxjs chain',
  prepare: ({ size, checking }) => {
    const ticks = eightSymbols(size);
    return async () => {
      const crossings = new Crossings(checking);
      const minutes = new BarBuilder('1m');
      const derive = deriving();
      const analyse = analysing(crossings);
      await lastValueFrom(
        range(0, size).pipe(
          map((row) => tickAt(ticks, row)),
          map((tick) => minutes.addTick(tick)),
          filter((bar) => bar !== undefined),
          mergeMap((bar) => derive(bar)),
          map((bar) => analyse(bar)),
          filter((signal) => signal !== undefined),
          count(),
        ),
        { defaultValue: 0 },
      );
      return { items: size, same: crossings.counts() };
    };
  },
};

export const rxjsPerTick: Row = {
  ...rxjs,
  prepare: ({ size, checking }) => {
    const ticks = eightSymbols(size);
    return async () => {
      const crossings = new Crossings(checking);
      const derive = deriving();
      const analyse = analysing(crossings);
      await lastValueFrom(
        range(0, size).pipe(
          map((row) => tickBarAt(ticks, row)),
          mergeMap((bar) => derive(bar)),
          map((bar) => analyse(bar)),
          filter((signal) => signal !== undefined),
          count(),
        ),
        { defaultValue: 0 },
      );
      return { items: size, same: crossings.counts() };
    };
  },
};
