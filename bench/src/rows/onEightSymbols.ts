import type { Row } from '../frame/table';
import { Crossings } from '../work/crossings';
import type { Ticks } from '../work/ticks';
import { eightSymbols } from './input';

/** The day of eight symbols, which every row of a table is given; `run` goes through it once. */
export const onEightSymbols =
  (run: (ticks: Ticks, crossings: Crossings) => unknown): Row['prepare'] =>
  ({ size, checking }) => {
    const ticks = eightSymbols(size);
    return async () => {
      const crossings = new Crossings(checking);
      await run(ticks, crossings);
      return { items: size, same: crossings.counts() };
    };
  };
