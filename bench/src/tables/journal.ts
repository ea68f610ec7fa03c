import type { Table } from '../frame/table';
import { ours } from '../rows/ours';
import { cpuNsPer, millionsPerSecond, nsPer, peakMb } from './figures';

const run = { bars: '1s', mode: 'data' } as const;

export const journal: Table = {
  name: 'journal',
  title: 'What the journal costs',
  input: (size) =>
    `${size.toLocaleString('en')} ticks of 8 symbols in memory → 1s bars → 5m, 15m → moving-average crossover, data-driven`,
  rows: [
    ours('off', 'journal off', run),
    ours('on', 'journal on', { ...run, journal: true }),
    ours('fsync', 'journal on, --fsync', { ...run, journal: { fsync: true } }),
    ours('gzip', 'journal on, compressed at the end', { ...run, journal: { gzip: true } }),
  ],
  sizes: { full: 5_000_000, quick: 1_000_000, smoke: 60_000 },
  warmUp: 300_000,
  rounds: 7,
  figures: [nsPer('tick'), cpuNsPer('tick'), millionsPerSecond('ticks'), peakMb],
  beside: ['off'],
  targets: [{ row: 'on', beside: 'off', atLeast: 0.95 }],
};
