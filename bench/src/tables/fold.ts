import type { Table } from '../frame/table';
import { folded, parsed } from '../rows/fold';
import { figureNamed } from './figures';

export const fold: Table = {
  name: 'fold',
  title: 'Reading a journal',
  input: (size) =>
    `the journal of ${size.toLocaleString('en')} windows of 200 symbols, 2 strategies, bars of 1m and 5m, a backlog in each minute`,
  rows: [parsed, folded],
  sizes: { full: 1_000, quick: 300, smoke: 10 },
  warmUp: 2_000,
  rounds: 5,
  figures: [
    { title: 'ms', of: ({ wallMs }) => wallMs, digits: 0 },
    { title: 'CPU ms', of: ({ cpuMs }) => cpuMs, digits: 0 },
    figureNamed('megabytes', 'MB of journal', 2),
  ],
  beside: ['parsed'],
  targets: [],
};
