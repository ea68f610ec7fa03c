import { count, filter, lastValueFrom, map, mergeMap, range } from 'rxjs';
import type { Row } from '../frame/table';
import { BarBuilder } from '../work/barBuilder';
import { tickAt, tickBarAt } from './input';
import { onEightSymbols } from './onEightSymbols';
import { analysing, deriving } from './stages';

/** A chain of rxjs operators as its users write them, which measures nothing. */
export const rxjs: Row = {
  name: 'rxjs',
  title: 'plain rxjs chain',
  prepare: onEightSymbols(async (ticks, crossings) => {
    const minutes = new BarBuilder('1m');
    const derive = deriving();
    const analyse = analysing(crossings);
    await lastValueFrom(
      range(0, ticks.length).pipe(
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
  }),
};

export const rxjsPerTick: Row = {
  ...rxjs,
  prepare: onEightSymbols(async (ticks, crossings) => {
    const derive = deriving();
    const analyse = analysing(crossings);
    await lastValueFrom(
      range(0, ticks.length).pipe(
        map((row) => tickBarAt(ticks, row)),
        mergeMap((bar) => derive(bar)),
        map((bar) => analyse(bar)),
        filter((signal) => signal !== undefined),
        count(),
      ),
      { defaultValue: 0 },
    );
  }),
};
