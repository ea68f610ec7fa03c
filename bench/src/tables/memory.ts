import type { Table } from '../frame/table';
import { generators, generatorsOfBars } from '../rows/generators';
import { hand } from '../rows/hand';
import { ix, ixAsync } from '../rows/ix';
import { nodeStreams } from '../rows/nodeStreams';
import { ours, untracked } from '../rows/ours';
import { rxjs } from '../rows/rxjs';
import { tardis } from '../rows/tardis';
import { cpuNsPer, firstNsPer, millionsPerSecond, nsPer, peakMb } from './figures';

const run = { bars: '1m', mode: 'data' } as const;

export const memory: Table = {
  name: 'memory',
  title: 'In memory',
  input: (size) =>
    `${size.toLocaleString('en')} ticks of 8 symbols in memory → 1m bars → 5m, 15m → moving-average crossover on all of them`,
  rows: [
    hand,
    rxjs,
    ours('ours', 'ours, everything on', { ...run, journal: true }),
    untracked('1m'),
    generators,
    generatorsOfBars,
    nodeStreams,
    ix,
    ixAsync,
    tardis,
  ],
  sizes: { full: 5_000_000, quick: 1_000_000, smoke: 120_000 },
  /** There is a bar for 340 ticks: it takes that many until V8 has compiled what happens to bars. */
  warmUp: 25_000_000,
  rounds: 5,
  figures: [
    nsPer('tick'),
    firstNsPer('tick'),
    cpuNsPer('tick'),
    millionsPerSecond('ticks'),
    peakMb,
  ],
  beside: ['rxjs'],
  targets: [
    { row: 'ours', beside: 'tardis', atLeast: 15 },
    { row: 'ours', beside: 'node-streams', atLeast: 4 },
    { row: 'ours', beside: 'generators', atLeast: 4 },
    { row: 'ours', beside: 'rxjs', atLeast: 0.7 },
  ],
};
