import { openFiles } from '../../../src';
import type { Row } from '../frame/table';
import { Crossings } from '../work/crossings';
import { longFile } from '../work/longFile';
import { DERIVED } from './input';
import { crossover, replayed } from './ours';

/** From a CSV file with a share of the table's ticks to the report, with everything on. */
export const fromLongFile = (share: number): Row => ({
  name: `csv-${share}`,
  title: `ours, csv, ${100 * share} % of the ticks`,
  compared: false,
  prepare: async ({ size, warming = false }) => {
    const ticks = warming ? size : Math.ceil(size * share);
    const path = await longFile(ticks);
    return async () => {
      await replayed(await openFiles([path]), {
        bars: '1m',
        derive: DERIVED,
        mode: 'data',
        strategies: [crossover(new Crossings(false))],
        journal: true,
      });
      return { items: ticks };
    };
  },
});
