import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGroup } from '../../../src/cluster/group';
import { followGroup } from '../../../src/cluster/followGroup';
import type { Member } from '../../../src/cluster/member';
import { headOf } from '../../../src/dashboard/moment';
import { record } from '../../../src/journal';
import type { Report } from '../../../src/report';
import type { Status } from '../../../src/views/status';
import { replay } from '../../../src/replay';
import { fromTicks } from '../../../streams/sources';
import { barometer } from '../cli/barometer';

const root = mkdtempSync(join(tmpdir(), 'barometer group '));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Leaves the journal of a run with so many ticks of a symbol. */
async function ran(id: string, ticks: number, speed: number): Promise<void> {
  const market = Array.from({ length: ticks }, (_, i) => ({
    ...{ symbol: id, time: i * 1_000_000, price: 1 },
  }));
  const run = replay([fromTicks(market)], { bars: '1s', id, speed });
  const { closed } = record(run, { path: join(root, `${id}.ndjson`), directory: root });
  run.start();
  await run.done;
  await closed;
}

beforeAll(async () => {
  await ran('A', 5, 1);
  await ran('B', 7, 1);
  writeFileSync(join(root, 'cut.ndjson'), '{}\n');
});

const json = async <T>(...argv: readonly string[]): Promise<T> =>
  JSON.parse((await barometer([...argv, '--json'])).stdout) as T;

test('merge prints one report of all runs, with a table of them', async () => {
  const { code, stdout, stderr } = await barometer(['merge', root]);
  expect(code).toBe(0);
  expect(stdout).toContain('merged of 2 runs, each a pipeline with its own stages');
  expect(stdout).toMatch(/Runs:\nstate +part .*\ndone +ticks .*\ndone +ticks /);
  expect(stderr).toContain('cut did not come to its end; it is not counted');
});

test('as JSON the report says of how many runs it is', async () => {
  const argv = ['merge', root, '--sort', 'signals'];
  const { run, bars, tasks } = await json<Report & { tasks: { task: string }[] }>(...argv);
  expect([run.mergedOf, bars.ticks, tasks.map(({ task }) => task)]).toEqual([2, '12', ['A', 'B']]);
});

test('status shows them as one', async () => {
  const { stdout } = await barometer(['status', root]);
  expect(stdout).toContain('Merged of:   2 runs');
  expect(stdout).toMatch(/Runs:\nstate +part/);
  const { mergedOf, members } = await json<Status & { members: unknown[] }>('status', root);
  expect([mergedOf, members.length]).toEqual([2, 2]);
});

test('watch shows them as one, and ends where none goes on', async () => {
  const { code, stdout } = await barometer(['watch', root]);
  expect([code, stdout.split('\n').length]).toEqual([0, 2]);
});

test('the dashboard says so, and has a table of the runs', async () => {
  const reader = await openGroup(root);
  if (reader === undefined) throw new Error('no group');
  const journal = await followGroup(reader);
  if (journal === undefined) throw new Error('no state');
  await journal.done;
  const view = headOf(journal);
  expect([view.report.run.mergedOf, view.state]).toEqual([2, 'done']);
  expect(view.members).toMatchObject([
    { task: 'A', status: 'done', signals: '0' },
    { task: 'B', status: 'done', signals: '0' },
  ]);
});

test('the dashboard as a file', async () => {
  const out = join(root, 'plan.html');
  expect(await barometer(['dashboard', root, '--out', out])).toMatchObject({ code: 0, stderr: '' });
});

test('a folder without results is no group', async () => {
  const empty = mkdtempSync(join(root, 'empty '));
  for (const command of ['merge', 'status', 'watch', 'dashboard']) {
    const { code, stderr } = await barometer([command, empty]);
    expect([command, code, stderr]).toEqual([
      command,
      2,
      expect.stringContaining('has no result of a run'),
    ]);
  }
});

test('a dashboard of runs that go on has a window each time that their market time has advanced', async () => {
  const { members } = (await (await openGroup(root))?.read()) ?? { members: [] };
  const [first, second] = members as readonly [Member, Member];
  const goingOn = { ...first, status: 'running' } as Member;
  const groups = [[goingOn], [goingOn, second], [first, second]];
  let reads = 0;
  const journal = await followGroup({
    read: () => {
      const present = groups[Math.min(reads, 2)] ?? [];
      reads += 1;
      return Promise.resolve({ name: 'g', members: present });
    },
    close: () => Promise.resolve(),
  });
  await journal?.done;
  expect(journal?.timeline.marks.map(({ state }) => state.bars.ticks)).toEqual([5n, 12n]);
  expect(journal?.liveness).toBe('finished');
});
