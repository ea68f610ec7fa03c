import type { Table } from '../frame/table';
import { batched, batchedJournal, counters, single, singleJournal, spreading } from '../rows/store';
import { cpuNsPer, millionsPerSecond, nsPer, peakMb } from './figures';

export const store: Table = {
  name: 'store',
  title: 'Store and journal',
  input: (size) =>
    `${size.toLocaleString('en')} occurrences of three types on two edges by 8 symbols, folded into totals`,
  rows: [counters, spreading, single, singleJournal, batched, batchedJournal],
  /** Multiples of 32,000: then every row sees every type, edge and symbol equally often. */
  sizes: { full: 640_000, quick: 320_000, smoke: 32_000 },
  warmUp: 64_000,
  rounds: 5,
  figures: [nsPer('occurrence'), cpuNsPer('occurrence'), millionsPerSecond('occurrences'), peakMb],
  beside: ['single'],
};
