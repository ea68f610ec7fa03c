import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filter, lastValueFrom } from 'rxjs';
import { fromColumns, replay } from '../../../src';
import type { ReplayOptions, RowSource, Strategy } from '../../../src';
import {
  analysis,
  coordinator,
  Feed,
  History,
  parseDerived,
  parseInterval,
  processor,
  StrategyRunner,
} from '../../../src/entries/stages';
import { record } from '../../../src/journal';
import type { RecordOptions } from '../../../src/journal';
import type { Row } from '../frame/table';
import { Crossings } from '../work/crossings';
import type { Ticks } from '../work/ticks';
import { DERIVED, eightSymbols } from './input';
import { onEightSymbols } from './onEightSymbols';

export const sourceOf = ({ time, price, size, symbol, symbols }: Ticks): RowSource =>
  fromColumns({ time, close: price, volume: size, symbol, symbols });

export function crossover(crossings: Crossings): Strategy {
  return {
    name: 'crossover',
    onBar(bar) {
      const side = crossings.onBar(bar);
      return side === undefined ? undefined : { side };
    },
  };
}

interface OursOptions extends ReplayOptions {
  /** Writes the journal too, in a way of its own where it says so; false unless given. */
  readonly journal?: boolean | Pick<RecordOptions, 'fsync' | 'gzip'>;
}

/** A whole replay, with its metrics and report; the journal goes into a temporary folder. */
export async function replayed(
  sources: RowSource | readonly RowSource[],
  { journal = false, ...options }: OursOptions,
): Promise<void> {
  const run = replay(sources, options);
  if (journal === false) {
    await run.start().done;
    return;
  }
  const directory = mkdtempSync(join(tmpdir(), 'barometer-bench-'));
  try {
    const recording = record(run, { directory, ...(journal === true ? {} : journal) });
    await run.start().done;
    const { error } = await recording.closed;
    if (error !== undefined) throw error;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export const ours = (name: string, title: string, options: OursOptions): Row => ({
  name,
  title,
  prepare: onEightSymbols((ticks, crossings) => {
    const strategies = [crossover(crossings)];
    return replayed(sourceOf(ticks), { derive: DERIVED, strategies, ...options });
  }),
});

/** The three stages joined to each other, without gates, trackers, clock, metrics: what an edge costs is the difference. */
export const untracked = (bars: string): Row => ({
  name: 'ours-untracked',
  title: 'ours, tracking off: three stages, no edges',
  prepare: ({ size, checking }) => {
    const ticks = eightSymbols(size);
    const base = parseInterval(bars);
    const intervals = [base, ...parseDerived(DERIVED, base)];
    return async () => {
      const crossings = new Crossings(checking);
      const history = new History(intervals);
      const runner = new StrategyRunner(history, [crossover(crossings)]);
      await lastValueFrom(
        coordinator(new Feed([sourceOf(ticks)], history), { clockDriven: false }).pipe(
          processor(history, { serviceTime: 0 }),
          filter(({ bar }) => bar?.complete === true),
          analysis(history, runner, { serviceTime: 0 }),
        ),
        { defaultValue: undefined },
      );
      return { items: size, same: crossings.counts() };
    };
  },
});
