import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { headerLineOf, lineOf } from '../../../src/journal/journalLine';
import { finished } from '../metrics/given';
import { header, windows } from '../journal/given';
import { barometer, folder, TICKS } from './barometer';

const { file, path } = folder();
const DAY = 86_400_000;
const AT = Date.now();

/** A journal of a run that began some days ago. */
function ran(dir: string, id: string, days: number, ...more: Parameters<typeof header>): void {
  mkdirSync(path(dir), { recursive: true });
  const wall = AT - days * DAY;
  const events = [...windows(2), finished()].map((event, i) => lineOf(i + 1, wall, event));
  const head = headerLineOf({ ...header(...more), run: id, wall });
  writeFileSync(path(`${dir}/${id}.ndjson`), head + events.join(''));
  writeFileSync(path(`${dir}/${id}.timings`), 'times');
}
const runs = (dir: string, ...args: readonly string[]) =>
  barometer(['runs', ...args, '--dir', path(dir)]);
const ids = async (dir: string, ...args: readonly string[]): Promise<readonly string[]> =>
  (JSON.parse((await runs(dir, ...args, '--json')).stdout) as { id: string }[]).map(({ id }) => id);

describe('barometer runs', () => {
  const BROKEN = `module.exports = { name: 'broken', onBar() { throw new Error('no'); } };`;
  const replayed = async (...args: readonly string[]): Promise<void> => {
    const env = { BAROMETER_DIR: path('listed') };
    const ticks = file('ticks.csv', TICKS);
    await barometer(['replay', ticks, '--quiet', ...args], { env });
  };

  it('lists strategies with parameters, verdict, sustainable speed and label', async () => {
    await replayed('--strategy', 'sma-cross:fast=3,slow=9', '--label', 'main');
    await replayed('--strategy', file('broken.cjs', BROKEN));
    const listed = JSON.parse((await runs('listed', '--json')).stdout) as unknown;
    expect(listed).toMatchObject([
      {
        state: 'done',
        strategies: ['sma-cross:fast=3,slow=9'],
        label: 'main',
        verdict: { culprit: 'none', modifiers: [] },
        sustainableSpeed: expect.any(Number) as unknown,
      },
      { strategies: ['broken'], verdict: { modifiers: ['failing-strategy'] } },
    ]);
    const [head = '', first = ''] = (await runs('listed')).stdout.split('\n');
    expect(head.split(/ {2,}/)).toContain('sustainable');
    expect(first).toContain('  sma-cross:fast=3,slow=9  none  ');
    expect(first).toContain('  main  ');
  });

  it.each([
    [['--strategy', 'sma-cross'], 1],
    [['--strategy', 'sma-cross:fast=4'], 0],
    [['--verdict', 'failing-strategy'], 1],
    [['--verdict', 'analysis'], 0],
    [['--label', 'ain'], 1],
    [['--since', '1h'], 2],
    [['--since', '2200-01-01'], 0],
    [['--state', 'done'], 2],
    [['--last', '1'], 1],
  ])('%j leaves %d', async (filter, count) => {
    expect(await ids('listed', ...filter)).toHaveLength(count);
  });

  it('says that none is like that', async () => {
    const { stdout } = await runs('listed', '--label', 'nothing');
    expect(stdout).toMatch(/^None of the 2 runs in .* is like that\.\n$/);
  });

  it.each([
    [['--state', 'over'], '--state over: must be running, paused'],
    [['--since', 'soon'], '--since soon: must be a length before now, such as 12h'],
    [['--keep', '3'], '--keep: is for barometer runs prune'],
    [['prume'], 'prume: write prune, or baseline with a run'],
    [['prune'], 'say what stays with --keep 30d'],
    [['prune', '--keep', 'some'], '--keep some: must be a length of time'],
  ])('refuses %j', async (args, said) => {
    const { code, stderr } = await runs('listed', ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});

describe('names of runs', () => {
  beforeAll(() => {
    for (const [index, id] of ['a', 'b', 'c'].entries()) ran('names', id, 3 - index);
  });
  const shown = async (run: string): Promise<string> => {
    const { stdout, stderr } = await barometer(['status', run, '--dir', path('names')]);
    return stderr + (stdout.split('\n')[0] ?? '');
  };

  it('latest~1 is the run before the latest', async () => {
    expect(await shown('latest')).toBe('Run c');
    expect(await shown('latest~1')).toBe('Run b');
    expect(await shown('latest~2')).toBe('Run a');
    expect(await shown('latest~3')).toContain('latest~3: there are only 3 runs in ');
  });

  it('baseline is the run that was chosen', async () => {
    expect(await shown('baseline')).toContain('no run is the baseline here. Choose one by');
    expect((await runs('names', 'baseline', 'latest~1')).stdout).toMatch(/b\.ndjson now\.\n$/);
    expect(await shown('baseline')).toBe('Run b');
    expect((await runs('names', 'baseline')).stdout).toMatch(/^The baseline is .*b\.ndjson\.\n$/);
    const { code, stdout } = await barometer([
      ...['diff', 'baseline', 'latest', '--json', '--dir', path('names')],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1 });
    expect(JSON.parse((await runs('names', '--json')).stdout)).toMatchObject([
      { id: 'a' },
      { id: 'b', isBaseline: true },
      { id: 'c' },
    ]);
  });
});

describe('barometer runs prune', () => {
  const names = (dir: string): string[] => readdirSync(path(dir)).sort();
  const some = (dir: string): void => {
    for (const [id, days] of [
      ['a', 40],
      ['b', 20],
      ['c', 10],
      ['d', 1],
    ] as const) {
      ran(dir, id, days);
    }
  };

  it('removes what is older, with its service times, and says what', async () => {
    some('old');
    const { code, stdout } = await runs('old', 'prune', '--keep', '15d');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Removed 2 runs, [\d,]+ bytes; 2 stay:\n {2}a {2}.*\n {2}b {2}.*\n$/);
    expect(names('old')).toEqual(['c.ndjson', 'c.timings', 'd.ndjson', 'd.timings']);
    expect((await runs('old', 'prune', '--keep', '15d')).stdout).toBe(
      'Removed 0 runs, 0 bytes; 2 stay.\n',
    );
  });

  it('keeps as many of the newest', async () => {
    some('many');
    await runs('many', 'prune', '--keep', '3');
    expect(await ids('many')).toEqual(['b', 'c', 'd']);
  });

  it('with --dry-run removes nothing', async () => {
    some('dry');
    const { stdout } = await runs('dry', 'prune', '--keep', '0', '--dry-run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      dryRun: true,
      removed: [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }],
      kept: 0,
    });
    expect(await ids('dry')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('never removes the baseline, the latest run, a run in progress, or what is no journal', async () => {
    some('safe');
    await runs('safe', 'baseline', 'a');
    writeFileSync(path('safe/latest'), 'd.ndjson\n');
    writeFileSync(path('safe/notes.ndjson'), '{"mine":1}\n');
    writeFileSync(path('safe/c.frames.gz'), 'frames');
    const events = windows(1).map((event, i) => lineOf(i + 1, AT - 50 * DAY, event));
    writeFileSync(
      path('safe/going.ndjson'),
      headerLineOf({ ...header(), run: 'going', wall: AT - 50 * DAY }) + events.join(''),
    );
    const { stdout } = await runs('safe', 'prune', '--keep', '0');
    expect(stdout).toMatch(/^Removed 2 runs, .*; 4 stay:\n {2}b .*\n {2}c .*\n$/);
    expect(existsSync(path('safe/c.frames.gz'))).toBe(true);
    expect(names('safe').filter((name) => name.endsWith('.ndjson'))).toEqual([
      ...['a.ndjson', 'd.ndjson', 'going.ndjson', 'notes.ndjson'],
    ]);
  });
});
