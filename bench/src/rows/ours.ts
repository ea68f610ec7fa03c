import { replay } from '../../../src/replay';
import type { ReplayOptions } from '../../../src/replay';
import { columns } from '../../../streams/sources/columns';
import type { RowSource, Strategy } from '../../../streams';
import type { Row } from '../frame/table';
import { Crossings } from '../work/crossings';
import type { Ticks } from '../work/ticks';
import { DERIVED, eightSymbols } from './input';

export const sourceOf = ({ time, price, size, symbol, symbols }: Ticks): RowSource =>
  columns({ time, close: price, volume: size, symbol, symbols });

export function crossover(crossings: Crossings): Strategy {
  return {
    name: 'crossover',
    onBar(bar) {
      const side = crossings.onBar(bar);
      return side === undefined ? undefined : { side };
    },
  };
}

/** A whole replay, with its metrics and report. */
export const ours = (name: string, title: string, options: ReplayOptions): Row => ({
  name,
  title,
  prepare: ({ size, checking }) => {
    const ticks = eightSymbols(size);
    return async () => {
      const crossings = new Crossings(checking);
      const run = replay(sourceOf(ticks), {
        derive: DERIVED,
        strategies: [crossover(crossings)],
        ...options,
      });
      await run.start().done;
      return { items: size, same: crossings.counts() };
    };
  },
});
