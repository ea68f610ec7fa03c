import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Printed } from './barometer';
import { folder, TICKS } from './barometer';

/** What jest's own loader and its process would hide: the real one, started as it is from a checkout. */
const ROOT = join(__dirname, '../../..');
const TIMEOUT = 120_000;
const { path, file } = folder();

function node(script: string, argv: readonly string[]) {
  const all = ['-r', 'ts-node/register/transpile-only', join(ROOT, script), ...argv];
  return spawnSync(process.execPath, all, { cwd: ROOT, encoding: 'utf8' });
}
const barometer = (...argv: readonly string[]) => node('src/cli/main.ts', argv);

describe('a strategy file', () => {
  const kinds = [
    file(
      'typed.ts',
      "export default (p: { x: number }) => ({ name: 'typed', onBar: (): object => ({ side: 'buy', strength: p.x }) });",
    ),
    file(
      'modern.mjs',
      "export default class { name = 'modern'; onBar() { return { side: 'sell' }; } }",
    ),
    file('plain.cjs', "module.exports = { name: 'plain', onBar() {} };"),
  ];
  const faults: readonly (readonly [string, string, RegExp])[] = [
    [
      'broken.ts',
      'export default () => ({\n  name "x",\n});\n',
      /broken\.ts:2: ParseError: Unexpected token, expected ","\n$/,
    ],
    [
      'broken.js',
      'module.exports = {\n  name "x",\n};\n',
      /broken\.js:2: SyntaxError: Unexpected string/,
    ],
    [
      'broken.mjs',
      'export default {\n  name "x",\n};\n',
      /broken\.mjs:2: SyntaxError: Unexpected string/,
    ],
    ['misses.js', "\nrequire('./nowhere');\n", /misses\.js:2: Cannot find module '\.\/nowhere'/],
  ];
  let printed: readonly Printed[];
  beforeAll(() => {
    const ticks = file('ticks.csv', TICKS);
    const [typed = '', ...others] = kinds.map((kind) => `--strategy=${kind}`);
    const calls = [
      ['replay', ticks, '--json', `${typed}:x=2`, ...others],
      ...faults.map(([name, text]) => ['replay', ticks, '--strategy', file(name, text)]),
    ];
    printed = JSON.parse(
      node('spec/src/cli/callAll.ts', [JSON.stringify(calls)]).stdout,
    ) as Printed[];
  }, TIMEOUT);

  it('may be of any kind of module', () => {
    const { code, stdout, stderr } = printed[0] as Printed;
    expect([code, stderr]).toEqual([0, '']);
    const { stages } = JSON.parse(stdout) as {
      stages: { analysis: { items: string; strategies: Record<string, object> } };
    };
    const { items, strategies } = stages.analysis;
    expect(strategies).toMatchObject({
      typed: { items, signals: items },
      modern: { items, signals: items },
      plain: { items, signals: '0' },
    });
  });

  it.each(faults.map(([name, , message], i) => [name, message, i + 1] as const))(
    'that cannot be loaded is named with its line, in one message: %s',
    (_name, message, i) => {
      const { code, stdout, stderr } = printed[i] as Printed;
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd()).not.toContain('\n');
    },
  );
});

describe('Ctrl-C', () => {
  /** Signals come from within, at the tenth bar: however slow the machine, the run is under way then. */
  function interrupted(out: string, ...signals: readonly NodeJS.Signals[]) {
    const kills = signals.map((signal) => `process.kill(process.pid, '${signal}');`).join(' ');
    const strategy = file(
      `${out}.js`,
      `let bars = 0; module.exports = { name: 'x', onBar() { if (++bars === 10) { ${kills} } } };`,
    );
    const ticks = file('ticks.csv', TICKS);
    const argv = ['--bars', '1s', '--time', 'wall', '--speed', '10', '--strategy', strategy];
    return barometer('replay', ticks, ...argv, '--out-bars', path(out));
  }

  it(
    'stops the run, which reports, and closes its files valid',
    () => {
      const { status, stdout } = interrupted('once.csv', 'SIGINT');
      expect(status).toBe(130);
      expect(stdout).toMatch(/^Performance Metrics Summary:[^]*stopped before its end/);
      expect(readFileSync(path('once.csv'), 'utf8')).toMatch(/^symbol,interval.*\n(.*,true\n)+$/);
    },
    TIMEOUT,
  );

  it(
    'of a second time exits at once, while a file is still being finished, and leaves nothing of it',
    () => {
      const { status, stdout } = interrupted('twice.parquet', 'SIGINT', 'SIGTERM');
      expect([status, stdout]).toEqual([130, '']);
      expect(existsSync(path('twice.parquet'))).toBe(false);
      expect(readdirSync(path('.')).filter((name) => name.includes('partial'))).toEqual([]);
    },
    TIMEOUT,
  );
});
