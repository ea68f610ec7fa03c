import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../bench');
const run = (file: string, args: readonly string[]) =>
  spawnSync(process.execPath, [join(folder, file), ...args], { encoding: 'utf8' });
/** As it was built by the smoke run. */
const bench = (...args: string[]) => run('dist/bench/src/main.js', args);

// Read as text: the tables themselves need the peers, which the first run installs.
const index = readFileSync(join(folder, 'src/tables/index.ts'), 'utf8');
const tables = [...index.matchAll(/^ {2}'?([\w-]+)'?: async/gm)].map(([, name]) => name);

describe('bench', () => {
  // The first run installs the peers and builds.
  jest.setTimeout(300_000);
  let smoke: ReturnType<typeof run>;

  beforeAll(() => {
    smoke = run('bench.cjs', ['all', '--smoke']);
  });

  test('every kind of row of every table runs, and the rows of a table find the same', () => {
    const { status, stdout, stderr } = smoke;
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    const ran = [...stdout.matchAll(/^([\w-]+): .*\d+ rows ran and found the same$/gm)];
    expect(ran.map(([, table]) => table)).toEqual(tables);
    const part = ran.filter(([line]) => !line.includes(': all ')).map(([line]) => line);
    expect(part).toEqual([
      'threads: 1 of 67 rows ran and found the same',
      'zero-copy: 3 of 60 rows ran and found the same',
    ]);
  });

  test('a table is measured in processes of their own, and compared', () => {
    const rows = ['--row', 'off', '--row', 'on'];
    const { stdout } = bench('journal', '--size', '20000', '--rounds', '2', ...rows);
    expect(stdout).toMatch(/^20,000 ticks of 8 symbols in memory .*; 2 rounds; median/m);
    expect(stdout).toMatch(/^\| row +\| +ns\/tick \|.*\| +speed ÷ journal off \|$/m);
    expect(stdout.match(/^\| journal (off|on) /gm)).toHaveLength(2);
    expect(stdout).toMatch(/^- (met|\*\*missed\*\*): journal on: /m);
  });

  test('without a table, all are named', () => {
    const { status, stderr } = bench();
    expect(status).toBe(1);
    const named = /TABLE {2,}(.*) \| all/.exec(stderr)?.[1] ?? '';
    expect(named.split(' | ')).toEqual(tables);
  });

  test('a grid of random arrivals says its seed, and concludes from the cells that were measured', () => {
    const rows = ['--row', '0-lists-10us-0.5ms', '--row', '1-lists-10us-0.5ms'];
    const { stdout } = bench('zero-copy', '--size', '60', '--seed', '7', ...rows);
    expect(stdout).toMatch(/^At most 60 ticks .*; 1 round; seed 7\.$/m);
    expect(stdout).toMatch(/^- one list, 10\/20 µs of own work: \S+ · \S+ \(.*\) at 0\.5 ms$/m);
    expect(stdout).toMatch(/^- one list: 3 × or more: first edge in [01] of 1 cells/m);
  });

  test('the soak shows each kind of memory', () => {
    const { status, stdout } = bench('soak', '--size', '12');
    expect(status).toBe(0);
    expect(stdout.match(/^- (rss|heap|external|processor|analysis): [\d.]+ MB, /gm)).toHaveLength(
      5,
    );
  });
});
