import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultRow } from '../../../src/cluster';
import type { Report } from '../../../src/report';
import { randomOf, repetitions, SEED } from '../../faults/moments';
import { builtCli } from '../../support/builtCli';
import { barometer, folder } from './barometer';

/** Tasks are processes: the command line is started as one. */
const ROOT = join(__dirname, '../../..');
const ARGUMENTS = [builtCli()];
const { path, file } = folder();

jest.setTimeout(600_000);

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const run = (...argv: readonly string[]) =>
  spawnSync(process.execPath, [...ARGUMENTS, ...argv], { cwd: ROOT, encoding: 'utf8' });

/** Two days of three symbols, ticks at random. */
const market = (): string => {
  let state = 7;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const lines = ['symbol,time,price,size'];
  for (let time = Date.UTC(2024, 0, 2, 9); time < Date.UTC(2024, 0, 3, 11);) {
    time += Math.round(next() * 20_000);
    lines.push(`${'ABC'[Math.floor(next() * 3)] ?? 'A'},${time},${(100 + next()).toFixed(2)},1`);
  }
  return `${lines.join('\n')}\n`;
};
const ticks = file('two days.csv', market());
const strategy = ['--strategy', 'sma-cross:fast=2|3,slow=5'];

interface Swept {
  readonly tasks: readonly ResultRow[];
  readonly failed: readonly { readonly task: string; readonly why: string }[];
  readonly report: Report;
}

/** What does not depend on how long anything took. */
const counted = ({ bars, signals, edges, stages }: Report) => ({
  bars,
  signals,
  delivered: Object.values(edges).map(({ delivered }) => delivered),
  strategies: Object.values(stages.analysis.strategies).map(({ items }) => items),
});

test('the tasks of a sweep, merged, are what single runs count together', async () => {
  const out = path('by symbol');
  const swept = run(
    ...['sweep', ticks, '--by', 'symbol', '--jobs', '2', '--out', out, '--json', ...strategy],
  );
  expect(swept.stderr).toBe('');
  const { tasks, failed, report } = JSON.parse(swept.stdout) as Swept;
  expect([tasks.length, failed, report.run.mergedOf]).toEqual([6, [], 6]);

  const alone: Report[] = [];
  for (const fast of ['2', '3']) {
    const { stdout } = await barometer([
      ...['replay', ticks, '--strategy', `sma-cross:fast=${fast},slow=5`],
      ...['--json', '--quiet', '--journal', 'none'],
    ]);
    alone.push(JSON.parse(stdout) as Report);
  }
  const sum = (of: (one: Report) => string): string =>
    alone.reduce((total, one) => total + BigInt(of(one)), 0n).toString();
  expect(report.bars.ticks).toBe(sum(({ bars }) => bars.ticks));
  expect(report.bars.base).toBe(sum(({ bars }) => bars.base));
  expect(report.signals).toBe(sum(({ signals }) => signals));
  expect(counted(report)).toEqual(
    counted(JSON.parse(run('merge', out, '--json').stdout) as Report),
  );
});

test('a task that fails is named, and the others are done', () => {
  const broken = file(
    'broken.cjs',
    "module.exports = ({ at }) => { if (at === 2) throw new Error('no such thing'); return { name: 'b', onBar() {} }; };",
  );
  const swept = run(
    ...['sweep', ticks, '--out', path('failing'), '--json', '--strategy', `${broken}:at=1..2`],
  );
  const { tasks, failed } = JSON.parse(swept.stdout) as Swept;
  expect([swept.status, tasks.length, failed.length]).toEqual([1, 1, 1]);
  expect(failed[0]?.why).toContain('no such thing');
  expect(swept.stderr).toContain('failed');
});

test('--list names commands that leave what merge reads', () => {
  const out = path('listed');
  const listed = run('sweep', ticks, '--by', 'day', '--out', out, '--list');
  const lines = listed.stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  const start = [process.execPath, ...ARGUMENTS].map((word) => `'${word}'`).join(' ');
  for (const line of lines) {
    spawnSync('bash', ['-c', line.replace(/^barometer/, start)], { cwd: ROOT });
  }
  const merged = JSON.parse(run('merge', out, '--json').stdout) as Report;
  const whole = JSON.parse(
    run('replay', ticks, '--json', '--quiet', '--journal', 'none').stdout,
  ) as Report;
  expect([merged.run.mergedOf, merged.bars.ticks]).toEqual([2, whole.bars.ticks]);
});

test('cut at days, each task with its lead-in, signals are those of the whole run', () => {
  const options = ['--strategy', 'sma-cross:fast=3,slow=30', '--json', '--quiet'];
  const cut = (...more: readonly string[]): Report =>
    (
      JSON.parse(
        run('sweep', ticks, '--by', 'day', '--jobs', '2', ...options, ...more).stdout,
      ) as Swept
    ).report;
  // The last window ends with its day, as in a part.
  const session = ['--from', '2024-01-02', '--to', '2024-01-04', '--journal', 'none'];
  const whole = JSON.parse(run('replay', ticks, ...options, ...session).stdout) as Report;
  const warm = cut('--out', path('warm'), '--lead-in', '1d');
  expect([warm.signals, warm.bars]).toEqual([whole.signals, whole.bars]);
  expect(cut('--out', path('cold')).signals).not.toBe(whole.signals);
});

/** Processes of the tasks of a folder, by their command lines. */
function tasksAlive(out: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        const text = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return text.includes('--journal') && text.includes(out);
      } catch {
        return false;
      }
    })
    .map(Number);
}

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux(`killed at a random moment (seed ${SEED})`, () => {
  const begin = (out: string): ChildProcess =>
    spawn(
      process.execPath,
      [...ARGUMENTS, 'sweep', ticks, '--by', 'day', '--jobs', '2', '--out', out, ...strategy],
      { cwd: ROOT, stdio: 'ignore' },
    );
  const ended = (child: ChildProcess): Promise<unknown> =>
    new Promise((resolve) => child.once('close', resolve));

  /** The report of a sweep that goes on with what is missing. */
  const resumed = (out: string): Report => {
    const options = ['--by', 'day', '--jobs', '2', '--out', out, '--resume', '--json'];
    return (JSON.parse(run('sweep', ticks, ...options, ...strategy).stdout) as Swept).report;
  };

  let undisturbed: Report;
  let tookMs = 0;
  beforeAll(() => {
    const out = path('undisturbed');
    const began = performance.now();
    const { stdout } = run(
      ...['sweep', ticks, '--by', 'day', '--jobs', '2', '--out', out, '--json', ...strategy],
    );
    tookMs = performance.now() - began;
    undisturbed = (JSON.parse(stdout) as Swept).report;
  });

  const random = randomOf(SEED);

  test.each(Array.from({ length: repetitions(2, 50) }, (_, i) => [i]))(
    'a task (%i): --resume gives the result of an undisturbed sweep',
    async () => {
      const out = path('killed');
      rmSync(out, { recursive: true, force: true });
      const child = begin(out);
      const over = ended(child);
      await sleep(random() * tookMs);
      for (const pid of tasksAlive(out).slice(0, 1)) process.kill(pid, 'SIGKILL');
      await over;
      expect(counted(resumed(out))).toEqual(counted(undisturbed));
    },
  );

  test('the sweep itself: its tasks end, and --resume goes on', async () => {
    const out = path('orphans');
    const child = begin(out);
    const over = ended(child);
    while (tasksAlive(out).length === 0) await sleep(20);
    child.kill('SIGKILL');
    await over;
    const until = Date.now() + 20_000;
    while (tasksAlive(out).length > 0 && Date.now() < until) await sleep(50);
    expect(tasksAlive(out)).toEqual([]);
    expect(counted(resumed(out))).toEqual(counted(undisturbed));
  });
});
