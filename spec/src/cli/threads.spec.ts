import { EventEmitter } from 'node:events';
import { readFileSync, rmSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Report } from '../../../src/report';
import { barometer, folder, TICKS } from './barometer';

jest.setTimeout(120_000);

const { path, file } = folder();
const ticks = file('ticks.csv', TICKS);
const hangs = file(
  'hangs.cjs',
  `module.exports = ({ at }) => {
  let bars = 0;
  return {
    name: 'hangs',
    onBar() {
      bars += 1;
      if (bars !== at) return;
      require('node:fs').writeFileSync(__filename + '.hangs', '');
      for (;;);
    },
  };
};`,
);
const given = [
  'replay',
  ticks,
  '--bars',
  '1s',
  '--derive',
  '5s',
  '--speed',
  '5000',
  '--journal',
  'none',
];

describe('replay --threads', () => {
  it('is what a demand is for', async () => {
    const { code, stderr } = await barometer([...given, '--mode', 'data', '--demand', '64']);
    expect([code, stderr]).toEqual([
      2,
      'barometer: demand is 64, but must be given together with --threads\n',
    ]);
  });

  it('writes the same files as without', async () => {
    const strategies = ['--strategy', 'sma-cross:fast=2,slow=5', '--strategy', 'sma-cross'];
    const write = (name: string): string[] => [
      ...['--out-bars', path(`${name}-bars.csv`)],
      ...['--out-signals', path(`${name}-signals.csv`)],
    ];
    const alone = await barometer([...given, ...strategies, ...write('alone')]);
    const threaded = await barometer([
      ...[...given, ...strategies, ...write('threads')],
      ...['--threads', '--mode', 'data', '--demand', '64', '--json', '--quiet'],
    ]);
    expect([alone.code, threaded.code, threaded.stderr]).toEqual([0, 0, '']);
    for (const name of ['bars', 'signals']) {
      const text = readFileSync(path(`threads-${name}.csv`), 'utf8');
      expect(text).toBe(readFileSync(path(`alone-${name}.csv`), 'utf8'));
      expect(text.split('\n').length).toBeGreaterThan(20);
    }
    const { run } = JSON.parse(threaded.stdout) as Report;
    expect(run).toMatchObject({ threads: 3, demand: 64, time: 'wall', mode: 'data' });
  });

  it('a stage that hangs is told with its place, behind a report of what was done', async () => {
    const { code, stdout, stderr } = await barometer([
      ...[...given, '--strategy', `${hangs}:at=40`],
      ...['--threads', '--stage-timeout', '0.4', '--quiet'],
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^barometer: analysis hangs: .* in 400 ms, in strategy hangs, on (AAA|BBB) [15]s of 2023-11-14T22:\d\d:\d\d/,
    );
    expect(stdout).toContain('Analysis Engine');
  });

  it('interrupted, it ends although a stage hangs, and reports', async () => {
    const signals = new EventEmitter();
    rmSync(`${hangs}.hangs`, { force: true });
    const watching = watch(dirname(hangs), (_, name) => {
      if (name === 'hangs.cjs.hangs') signals.emit('SIGINT');
    });
    const { code, stdout } = await barometer(
      [...given, '--strategy', `${hangs}:at=1`, '--threads', '--json', '--quiet'],
      { signals },
    );
    watching.close();
    expect(code).toBe(130);
    expect((JSON.parse(stdout) as Report).run.outcome).toBe('stopped');
  });

  it.each([
    [['--threads', '--time', 'simulated'], /--time is 'simulated', but must be wall: with threads/],
    [['--threads', '--strategy', 'no-such'], /strategy no-such: there is none of that name/],
  ])('%j is wrong usage', async (options, message) => {
    const { code, stderr } = await barometer([...given.slice(0, -2), ...options]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
