import type { Table } from '../frame/table';
import { plainScript, replayCommand, sql } from '../rows/processes';
import { nsPer } from './figures';

export const command: Table = {
  name: 'command',
  title: 'A whole command, from the start of the process to its end',
  input: (size) => `A CSV file of ${size.toLocaleString('en')} ticks of 8 symbols`,
  rows: [
    sql('1m'),
    replayCommand('1m'),
    plainScript('1m'),
    sql('1s'),
    replayCommand('1s'),
    plainScript('1s'),
  ],
  sizes: { full: 2_600_000, quick: 500_000, smoke: 60_000 },
  warmUp: 0,
  rounds: 5,
  figures: [{ title: 's', of: ({ wallMs }) => wallMs / 1_000, digits: 2 }, nsPer('tick')],
  beside: ['sqlBars-1m', 'readlineBars-1m'],
  targets: [
    { row: 'replay-1m', beside: 'sqlBars-1m', atLeast: 0.5 },
    { row: 'replay-1m', beside: 'readlineBars-1m', atLeast: 1 },
    { row: 'replay-1s', beside: 'sqlBars-1s', atLeast: 0.5 },
    { row: 'replay-1s', beside: 'readlineBars-1s', atLeast: 1 },
  ],
};
