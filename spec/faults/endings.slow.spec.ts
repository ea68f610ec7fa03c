import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { foldJournal } from '../../src/journal';
import { TICKS } from '../src/cli/barometer';
import { bench, until } from './processes';

const TIMEOUT = 120_000;
const { path, file, run, start } = bench();
beforeAll(() => {
  file('ticks.csv', TICKS);
  mkdirSync(path('out'));
});

let count = 0;
/** A strategy of one file whose code says that it is there before it does what it does. */
function strategyOf(code: string): { readonly name: string; readonly begun: () => boolean } {
  count += 1;
  const name = `s${count}`;
  const marker = path(`${name}.begun`);
  const begin = `const begin = () => require('node:fs').writeFileSync(${JSON.stringify(marker)}, '');`;
  file(`${name}.js`, `${begin}\n${code.replaceAll('NAME', name)}\n`);
  return { name, begun: () => existsSync(marker) };
}

const partials = (): string[] =>
  [...readdirSync(path('.')), ...readdirSync(path('out'))].filter((name) =>
    name.includes('.partial'),
  );
const replaying = (name: string, ...more: readonly string[]): string[] => [
  'replay',
  'ticks.csv',
  '--quiet',
  `--strategy=./${name}.js`,
  `--journal=out/${name}.ndjson`,
  `--out-bars=out/${name}.csv`,
  ...more,
];
const outcomeOf = async (name: string): Promise<unknown> => {
  const { state, damaged } = await foldJournal(path(`out/${name}.ndjson`));
  expect(damaged).toEqual([]);
  return state.run.outcome;
};

describe('a run never ends with exit code 0 and silence', () => {
  const NEVER = "module.exports = { name: 'NAME', onBar: () => new Promise(() => {}) };";

  it.each([
    ['simulated', [], 'waits for a promise that nothing is left to settle'],
    ['on the wall clock', ['--time=wall', '--speed=600'], 'nothing is left to settle'],
    ['data-driven', ['--mode=data'], 'nothing is left to settle'],
    [
      'in threads',
      ['--threads', '--speed=600', '--stage-timeout=1'],
      'not done with it in 1000 ms',
    ],
  ])(
    'a promise that never settles fails it by name, %s',
    async (_how, more, found) => {
      const { name } = strategyOf(NEVER);
      const { code, stdout, stderr } = await run(replaying(name, ...more));
      expect([code, stderr]).toEqual([1, expect.stringContaining(`in strategy ${name}, on `)]);
      expect(stderr).toContain(found);
      expect(stdout).toContain('failed: analysis hangs');
      expect(await outcomeOf(name)).toBe('failed');
      expect(partials()).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    'a promise that settles too late fails it after --stage-timeout',
    async () => {
      const { name } = strategyOf(
        "setInterval(() => {}, 1000); module.exports = { name: 'NAME', onBar: () => new Promise(() => {}) };",
      );
      const { code, stderr } = await run(replaying(name, '--stage-timeout=0.3'));
      expect([code, stderr]).toEqual([1, expect.stringContaining('not done with it in 300 ms')]);
    },
    TIMEOUT,
  );

  it(
    'an endless loop fails it after --stage-timeout, on one thread too',
    async () => {
      const { name } = strategyOf("module.exports = { name: 'NAME', onBar() { for (;;); } };");
      const { code, stderr } = await run(replaying(name, '--stage-timeout=1'));
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(
          `^barometer: analysis hangs: not done with it in 1000 ms, in strategy ${name}, on AAA 1m of 2023-11-14`,
        ),
      ]);
      expect(await outcomeOf(name)).toBe('failed');
      expect(partials()).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    'process.exit in a strategy is told with its line',
    async () => {
      const { name } = strategyOf(
        "module.exports = { name: 'NAME', onBar() {\nprocess.exit(0); } };",
      );
      const { code, stderr } = await run(replaying(name));
      expect(code).toBe(1);
      expect(stderr).toMatch(`process.exit was called before the run ended, at ${path(name)}.js:3`);
      expect(await outcomeOf(name)).toBe('failed');
      expect(partials()).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    'process.exit at import is told',
    async () => {
      const { name } = strategyOf('process.exit(0);');
      const { code, stderr } = await run(replaying(name));
      expect([code, stderr]).toEqual([1, expect.stringContaining(`${name}.js:2`)]);
    },
    TIMEOUT,
  );

  it.each([
    ['an error', "Promise.reject(new Error('boom'))", [], 'boom'],
    ['no error', "Promise.reject('boom')", [], 'boom'],
    ['an error in a timer', "setTimeout(() => { throw new Error('boom'); })", [], 'boom'],
    [
      'an error, in threads',
      "Promise.reject(new Error('boom'))",
      ['--threads', '--speed=600'],
      'boom',
    ],
  ])(
    'a rejection that nobody handles fails it by name: %s',
    async (_what, code, more, found) => {
      const { name } = strategyOf(`module.exports = { name: 'NAME', onBar() { ${code}; } };`);
      const ended = await run(replaying(name, ...more));
      expect(ended.code).toBe(1);
      expect(ended.stderr).toMatch(new RegExp(`strategy ${name}\\b.*|${found}.*strategy ${name}`));
      expect(ended.stderr).toContain(found);
      expect(await outcomeOf(name)).toBe('failed');
      expect(existsSync(path(`out/${name}.csv`))).toBe(false);
    },
    TIMEOUT,
  );

  it(
    'a strategy that fails at every call fails it',
    async () => {
      const { name } = strategyOf("module.exports = { name: 'NAME', onBar() { throw 1; } };");
      const { code, stderr } = await run(replaying(name));
      expect([code, stderr]).toEqual([1, expect.stringContaining(`strategy ${name}: all of its`)]);
    },
    TIMEOUT,
  );

  // There is no such device on other systems.
  const onLinux = process.platform === 'linux' ? it.each : it.skip.each;
  onLinux([
    [['replay', 'ticks.csv', '--quiet', '--journal=none', '--json']],
    [['generate']],
    [['formats', '--json']],
    [['--help']],
  ])(
    'a full disk behind stdout is told: %j',
    async (argv) => {
      const full = openSync('/dev/full', 'w');
      const { code, stderr } = await run(argv, { stdio: ['ignore', full, 'pipe'] });
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining('standard output cannot be written: ENOSPC'),
      ]);
    },
    TIMEOUT,
  );
});

describe('a run can always be stopped', () => {
  const LOOPS = {
    'in a bar': "module.exports = { name: 'NAME', onBar() { begin(); for (;;); } };",
    'at import': 'begin(); for (;;);',
    'in a pattern':
      "module.exports = { name: 'NAME', onBar() { begin(); /^(a+)+$/.test('a'.repeat(60) + '!'); } };",
  };
  const kinds = Object.entries(LOOPS).flatMap(([where, code]) =>
    (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => [where, signal, code] as const),
  );

  it.each(kinds)(
    'an endless loop %s ends with the second %s',
    async (_where, signal, code) => {
      const { name, begun } = strategyOf(code);
      const running = start(replaying(name));
      const { child, ended } = running;
      await until(begun, running);
      child.kill(signal);
      child.kill(signal);
      // One pending signal of a kind is all that a process has: the second one comes again.
      const again = setInterval(() => child.kill(signal), 300);
      const { code: exit, stderr } = await ended;
      clearInterval(again);
      expect(exit).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]);
      expect(stderr).toContain('ended by the second signal');
      expect(partials()).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    'its journal says that it was stopped, whatever the loop',
    async () => {
      const { name, begun } = strategyOf(
        "let bars = 0; module.exports = { name: 'NAME', onBar() { if (++bars === 3) { begin(); for (;;); } } };",
      );
      const running = start(replaying(name));
      const { child, ended } = running;
      await until(begun, running);
      const again = setInterval(() => child.kill('SIGTERM'), 300);
      await ended;
      clearInterval(again);
      expect(await outcomeOf(name)).toBe('stopped');
    },
    TIMEOUT,
  );

  const withPipes = process.platform === 'win32' ? it.skip : it;
  withPipes(
    'an import that waits for a pipe, with the second signal',
    async () => {
      spawnSync('mkfifo', [path('pipe')]);
      const { name, begun } = strategyOf(
        "begin(); require('node:fs').open('pipe', 'r', () => {}); module.exports = { name: 'NAME', onBar: () => new Promise(() => {}) };",
      );
      const running = start(replaying(name, '--time=wall', '--speed=0.01'));
      const { child, ended } = running;
      await until(begun, running);
      const again = setInterval(() => child.kill('SIGINT'), 300);
      const { code } = await ended;
      clearInterval(again);
      expect(code).toBe(130);
    },
    TIMEOUT,
  );

  withPipes(
    'a pipe that nobody writes to, with the second signal',
    async () => {
      spawnSync('mkfifo', [path('silent.csv')]);
      const running = start(['replay', 'silent.csv', '--journal=out/silent.ndjson']);
      const { child, ended } = running;
      // Its temporary folder is made when it begins to wait.
      const waits = (): boolean =>
        readdirSync(path('.')).some((name) => name.startsWith(`barometer-${child.pid ?? 0}-`));
      await until(waits, running);
      const again = setInterval(() => child.kill('SIGTERM'), 300);
      const { code } = await ended;
      clearInterval(again);
      expect(code).toBe(143);
      expect(waits()).toBe(false);
      expect(existsSync(path('out/silent.ndjson'))).toBe(false);
    },
    TIMEOUT,
  );

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    '%s stops it in order: report, journal and outputs are there, exit code %i',
    async (signal, exit) => {
      const { name, begun } = strategyOf(
        "let bars = 0; module.exports = { name: 'NAME', onBar() { if (++bars === 3) begin(); } };",
      );
      const running = start(replaying(name, '--time=wall', '--bars=1s', '--speed=10'));
      const { child, ended } = running;
      await until(begun, running);
      child.kill(signal);
      const { code, stdout } = await ended;
      expect([code, stdout]).toEqual([exit, expect.stringContaining('stopped before its end')]);
      expect(await outcomeOf(name)).toBe('stopped');
      expect(statSync(path(`out/${name}.csv`)).size).toBeGreaterThan(100);
    },
    TIMEOUT,
  );

  it(
    'stopped, it leaves the older complete file and says where its own is',
    async () => {
      const { name, begun } = strategyOf(
        "let bars = 0; module.exports = { name: 'NAME', onBar() { if (++bars === 3) begin(); } };",
      );
      file(`out/${name}.csv`, 'older\n');
      const running = start(replaying(name, '--time=wall', '--bars=1s', '--speed=10'));
      const { child, ended } = running;
      await until(begun, running);
      child.kill('SIGINT');
      const { stderr } = await ended;
      expect(stderr).toContain(`this run, which was stopped, wrote out/${name}.interrupted.csv`);
      expect(readFileSync(path(`out/${name}.csv`), 'utf8')).toBe('older\n');
      expect(readFileSync(path(`out/${name}.interrupted.csv`), 'utf8')).toMatch(/^symbol,.*\nAAA,/);
    },
    TIMEOUT,
  );
});

describe('what a killed run leaves', () => {
  it(
    'is swept by the next one: partial outputs and temporary folders',
    async () => {
      const { name, begun } = strategyOf(
        "module.exports = { name: 'NAME', onBar() { begin(); for (;;); } };",
      );
      const running = start([...replaying(name), '--out-signals=out/signals.csv']);
      const { child, ended } = running;
      await until(begun, running);
      child.kill('SIGKILL');
      await ended;
      expect(partials()).toHaveLength(2);
      mkdirSync(path(`barometer-${child.pid ?? 0}-abc123`));
      mkdirSync(path(`barometer-${process.pid}-abc123`));
      const { code } = await run(['capacity', 'ticks.csv', '--html=out/page.html']);
      expect(code).toBe(0);
      expect(partials()).toEqual([]);
      expect(readdirSync(path('.')).filter((entry) => entry.startsWith('barometer-'))).toEqual([
        `barometer-${process.pid}-abc123`,
      ]);
    },
    TIMEOUT,
  );
});

describe('pipes and devices where files are meant', () => {
  const withPipes = process.platform === 'win32' ? it.skip.each : it.each;
  withPipes([
    [['status', 'j.ndjson'], 3, 'a named pipe'],
    [['report', 'j.ndjson'], 3, 'a named pipe'],
    [['watch', 'j.ndjson'], 3, 'a named pipe'],
    [['diff', 'j.ndjson', 'j.ndjson'], 3, 'a named pipe'],
    [['capacity', 'j.ndjson'], 3, 'a named pipe'],
    [['replay', 'ticks.csv', '--journal=j.ndjson'], 2, 'a named pipe'],
    [['replay', 'ticks.csv', '--journal=none', '--out-bars=p.csv'], 2, 'is no regular file'],
    [['capacity', 'ticks.csv', '--html=p.csv'], 2, 'is no regular file'],
    [['replay', 'ticks.csv', '--strategy=./p.js'], 2, 'is no file'],
  ])(
    '%j says so at once',
    async (argv, exit, found) => {
      for (const name of ['j.ndjson', 'p.csv', 'p.js']) {
        if (!existsSync(path(name))) spawnSync('mkfifo', [path(name)]);
      }
      const { code, stderr } = await run(argv);
      expect([code, stderr]).toEqual([exit, expect.stringContaining(found)]);
    },
    TIMEOUT,
  );

  withPipes([['runs']])(
    '%s lists the others, and the latest pointer may be one',
    async (command) => {
      await run(['replay', 'ticks.csv', '--quiet', '--journal=pipes/']);
      spawnSync('mkfifo', [path('pipes/pipe.ndjson'), path('pipes/latest')]);
      const { code, stdout } = await run([command, '--dir=pipes']);
      expect(code).toBe(0);
      expect(stdout).toMatch(/done/);
      expect(stdout).toMatch(/pipe +unreadable .*a named pipe/);
    },
    TIMEOUT,
  );
});
