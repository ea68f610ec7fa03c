import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../bench');
const bench = (...args: string[]) =>
  spawnSync(process.execPath, [join(folder, 'bench.cjs'), ...args], { encoding: 'utf8' });

const tables = readdirSync(join(folder, 'src/tables'))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => name !== 'index' && name !== 'figures');

describe('bench', () => {
  // The first run installs the peers and builds.
  jest.setTimeout(300_000);

  test('every row of every table runs, and the rows of a table find the same', () => {
    const { status, stdout, stderr } = bench('all', '--smoke');
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
    const ran = [...stdout.matchAll(/^(\w+): all \d+ rows ran/gm)].map(([, table]) => table);
    expect(ran.sort()).toEqual(tables.sort());
  });

  test('a table is measured in processes of their own, and compared', () => {
    const rows = ['--row', 'hand', '--row', 'rxjs'];
    const { stdout } = bench('tick', '--size', '20000', '--rounds', '2', ...rows);
    expect(stdout).toMatch(/20,000 ticks of 8 symbols in memory/);
    expect(stdout).toMatch(/^\| row +\| +ns\/tick \|.*\| +speed ÷ plain rxjs chain \|$/m);
    expect(stdout.match(/^\| (loop|plain)/gm)).toHaveLength(2);
  });

  test('without a table, all are named', () => {
    const { status, stderr } = bench();
    expect(status).toBe(1);
    const named = /TABLE {2,}(.*) \| all/.exec(stderr)?.[1] ?? '';
    expect(named.split(' | ').sort()).toEqual(tables.sort());
  });
});
