import type { Row, Table } from '../frame/table';
import { emptyProcess, SAMPLE, start, strategyFile } from '../rows/processes';

const replay = (name: string, title: string, options: () => readonly string[]): Row =>
  start(name, `barometer replay SAMPLE${title}`, () => [
    ...['replay', SAMPLE, '--journal', 'none'],
    ...options(),
  ]);

export const startUp: Table = {
  name: 'start',
  title: 'Start-up: processes that have little to do',
  input: () => 'SAMPLE: spec/sample/synthetic.csv, 5,909 ticks',
  rows: [
    emptyProcess,
    start('help', 'barometer --help', () => ['--help']),
    replay('sample', '', () => []),
    replay('typescript', ' --strategy FILE.ts', () => ['--strategy', strategyFile()]),
    replay('threads', ' --threads --mode data', () => ['--threads', '--mode', 'data']),
  ],
  sizes: { full: 1, quick: 1, smoke: 1 },
  warmUp: 0,
  rounds: 7,
  figures: [{ title: 'ms', of: ({ wallMs }) => wallMs, digits: 0 }],
  targets: [{ row: 'typescript', atMost: 1_000 }],
};
