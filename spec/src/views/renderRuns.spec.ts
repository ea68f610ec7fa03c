import { renderRuns } from '../../../src/views/renderRuns';
import type { RunEntry } from '../../../src/views/runs';

const begun: RunEntry = {
  id: 'run-1',
  path: 'run-1.ndjson',
  state: 'done',
  startedAt: '2024-08-08T00:00:00.000Z',
  mode: 'clock',
  speed: 1_200,
  time: 'wall',
  events: '12345',
  files: ['day.csv'],
};
const run = (given: Partial<RunEntry> = {}): RunEntry => ({ ...begun, progress: 0.5, ...given });
/** The cells of the only run. */
const cells = (given: Partial<RunEntry>): string[] =>
  renderRuns([run(given)])
    .split('\n')[1]
    ?.split(/ {2,}/) ?? [];

describe('the list of runs', () => {
  it('has a line for each, its columns under their heads, in the order of the runs', () => {
    const lines = renderRuns([
      run({ id: 'a-longer-name' }),
      run({ id: 'b', state: 'interrupted' }),
    ]);
    expect(lines.split('\n')).toEqual([
      'run            state        started                   mode               events  input read  files',
      'a-longer-name  done         2024-08-08T00:00:00.000Z  clock ×1,200 wall  12,345  50%         day.csv',
      'b              interrupted  2024-08-08T00:00:00.000Z  clock ×1,200 wall  12,345  50%         day.csv',
    ]);
  });

  it('of no runs has its heads', () => {
    expect(renderRuns([])).toBe('run  state  started  mode  events  input read  files');
  });

  it.each<[string, Partial<RunEntry>, number, string]>([
    ['a data-driven run has no speed', { mode: 'data', time: 'simulated' }, 3, 'data simulated'],
    ['several files are as many', { files: ['a.csv', 'b.csv', 'c.csv'] }, 6, 'a.csv and 2 more'],
  ])('%s', (_title, given, column, text) => {
    expect(cells(given)[column]).toBe(text);
  });

  it('knows of some how far their input was read, and of others not', () => {
    expect(renderRuns([begun]).split('\n')[1]).toMatch(/ 12,345 {2}- +day\.csv$/);
  });

  it('says what is wrong with a journal that cannot be read', () => {
    const broken: RunEntry = { id: 'x', path: 'x', state: 'unreadable', problem: 'x: no journal.' };
    expect(renderRuns([broken]).split('\n')[1]?.split(/ {2,}/)).toEqual([
      'x',
      'unreadable',
      '-',
      '-',
      '-',
      '-',
      'x: no journal.',
    ]);
  });
});
