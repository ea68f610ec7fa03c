import type { Table } from '../frame/table';
import { fromLongFile } from '../rows/flat';
import { cpuNsPer, nsPer, peakMb } from './figures';

const whole = fromLongFile(1);
const tenth = fromLongFile(0.1);

/** Fifty million rows make a file of 1.7 GB, which stays in the system's temporary folder to be used again. */
export const flat: Table = {
  name: 'flat',
  title: 'Memory, from files of different length',
  input: (size) =>
    `CSV of ${(size / 10).toLocaleString('en')} and of ${size.toLocaleString('en')} ticks of 8 symbols → 1m bars → 5m, 15m → moving-average crossover on all of them → report and journal`,
  rows: [tenth, whole],
  sizes: { full: 50_000_000, quick: 30_000_000, smoke: 60_000 },
  warmUp: 200_000,
  rounds: 5,
  figures: [peakMb, nsPer('tick'), cpuNsPer('tick')],
  // Less is better: so a tenth more memory is a "speed" of 1 / 1.1.
  targets: [{ row: whole.name, beside: tenth.name, atLeast: 0.91 }],
};
