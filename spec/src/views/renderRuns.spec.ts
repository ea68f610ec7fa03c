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
  strategies: ['sma-cross:fast=3'],
  verdict: { culprit: 'analysis', pattern: 'overload', modifiers: [] },
};
const FAILING = { culprit: 'none', modifiers: ['failing-strategy'] };
const run = (given: Partial<RunEntry> = {}): RunEntry => ({ ...begun, ...given });
/** The cells of the only run. */
const cells = (given: Partial<RunEntry>): string[] =>
  renderRuns([run(given)])
    .split('\n')[1]
    ?.split(/ {2,}/) ?? [];

describe('the list of runs', () => {
  it('has a line for each, its columns under their heads, in the order of the runs', () => {
    const lines = renderRuns([
      run({ id: 'a-longer-name', label: 'first', sustainableSpeed: 41.25 }),
      run({ id: 'b', state: 'interrupted', progress: 0.5, verdict: undefined as never }),
    ]);
    expect(lines.split('\n')).toEqual([
      'run            state               started               mode               strategies        verdict             sustainable  label  files',
      'a-longer-name  done                2024-08-08T00:00:00Z  clock ×1,200 wall  sma-cross:fast=3  analysis, overload  41×          first  day.csv',
      'b              interrupted at 50%  2024-08-08T00:00:00Z  clock ×1,200 wall  sma-cross:fast=3  -                   -            -      day.csv',
    ]);
  });

  it('of no runs has its heads', () => {
    expect(renderRuns([])).toBe(
      'run  state  started  mode  strategies  verdict  sustainable  label  files',
    );
  });

  it.each<[string, Partial<RunEntry>, number, string]>([
    ['a data-driven run has no speed', { mode: 'data', time: 'simulated' }, 3, 'data simulated'],
    ['several files are as many', { files: ['a.csv', 'b.csv', 'c.csv'] }, 8, 'a.csv and 2 more'],
    ['a run that keeps up at any speed says so', { sustainableSpeed: null }, 6, 'any speed'],
    ['what goes with a verdict', { verdict: FAILING }, 5, 'none, failing-strategy'],
    ['the baseline is marked', { isBaseline: true }, 7, '[baseline]'],
    ['the baseline with a label', { isBaseline: true, label: 'main' }, 7, 'main [baseline]'],
  ])('%s', (_title, given, column, text) => {
    expect(cells(given)[column]).toBe(text);
  });

  it('says what is wrong with a journal that cannot be read', () => {
    const broken: RunEntry = { id: 'x', path: 'x', state: 'unreadable', problem: 'x: no journal.' };
    expect(renderRuns([broken]).split('\n')[1]?.split(/ {2,}/)).toEqual([
      ...['x', 'unreadable', '-', '-', '-', '-', '-', '-'],
      'x: no journal.',
    ]);
  });
});
