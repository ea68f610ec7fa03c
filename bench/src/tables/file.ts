import type { Table } from '../frame/table';
import { arrowAlone } from '../rows/arrow';
import { duckdb } from '../rows/duckdb';
import { csvParse, oursFrom, papaparse, readline } from '../rows/files';
import { cpuNsPer, millionsPerSecond, nsPer, peakMb } from './figures';

export const file: Table = {
  name: 'file',
  title: 'From a file',
  input: (size) =>
    `A file of ${size.toLocaleString('en')} ticks of 8 symbols → 1m bars → 5m, 15m → moving-average crossover on all of them → report and journal`,
  rows: [
    duckdb('csv'),
    oursFrom('csv'),
    csvParse,
    papaparse,
    readline,
    duckdb('csv.gz'),
    oursFrom('csv.gz'),
    duckdb('parquet'),
    oursFrom('parquet'),
    arrowAlone,
    oursFrom('arrow'),
  ],
  sizes: { full: 2_000_000, quick: 500_000, smoke: 60_000 },
  /** Five times: bars are as rare in a file as in memory. */
  warmUp: 10_000_000,
  rounds: 5,
  figures: [nsPer('tick'), cpuNsPer('tick'), millionsPerSecond('ticks'), peakMb],
  beside: ['duckdb-csv', 'csv-parse'],
  targets: [
    { row: 'ours-csv', beside: 'duckdb-csv', atLeast: 0.6 },
    { row: 'ours-csv', beside: 'csv-parse', atLeast: 4 },
    { row: 'ours-csv', beside: 'papaparse', atLeast: 2.5 },
    { row: 'ours-arrow', beside: 'ours-csv', atLeast: 2 },
  ],
};
