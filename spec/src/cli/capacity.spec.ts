import { readFileSync } from 'node:fs';
import type { CapacityReport } from '../../../src/capacity/capacityReport';
import type { Report } from '../../../src/report';
import { barometer, folder, TICKS } from './barometer';

const { path, file } = folder();
const ticks = (): string => file('ticks.csv', TICKS);
const inDir = (dir: string, ...argv: string[]) =>
  barometer(argv, { env: { BAROMETER_DIR: path(dir) } });

const STRATEGIES = ['--derive', '5m', '--strategy', 'busy:us=2000', '--strategy', 'sma-cross'];
const json = async (...argv: string[]): Promise<CapacityReport> => {
  const printed = await inDir('runs', 'capacity', ...argv, '--json');
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(printed.stdout) as CapacityReport;
};

describe('barometer capacity FILE…', () => {
  it('replays once and answers in a line, with tables, a picture and what would help', async () => {
    const { code, stdout, stderr } = await barometer(['capacity', ticks(), ...STRATEGIES]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /^Keeps up to [\d,.]+×( to [\d,.]+×)? real time( \(the machine was busy\))? \(under 5 % of bars and under 10 % of cycles behind\); from [\d,.]+× processor→analysis is critical; over the whole time there would be room for [\d,.]+×, in the busiest minute \(22:\d\d UTC\) only for [\d,.]+×\. /,
    );
    expect(stdout).toContain('Processor→Analysis: share of cycles that fall behind, by speed');
    expect(stdout).toMatch(/what +of all work +20 % faster +gone\n(.*\n)* +strategy busy/);
    expect(stdout).toMatch(/Warm-up: the first \d+ items|No warm-up was found/);
    expect(stdout).toMatch(/Measured in one replay on one thread/);
  });

  it('shows the speeds that are asked for, and passes as a median between two ends', async () => {
    const report = await json(
      ticks(),
      ...STRATEGIES,
      '--speeds',
      '1,1e6,20',
      '--passes',
      '3',
      '--warm-up',
      '0',
    );
    const { curve, passes, sustainableSpeed, sustainableSpeedRange = [0, 0], warmUp } = report;
    expect(curve.map(({ speed }) => speed)).toEqual([1, 20, 1e6]);
    expect(curve.map(({ edges }) => edges['processor-analysis'].grade)).toEqual([
      'perfect',
      'perfect',
      'high',
    ]);
    expect(curve[0]?.edges['coordinator-processor'].delivered).toBe(20);
    expect(passes).toBe(3);
    expect(sustainableSpeedRange[0]).toBeLessThanOrEqual(sustainableSpeed);
    expect(sustainableSpeedRange[1]).toBeGreaterThanOrEqual(sustainableSpeed);
    expect(warmUp).toBeUndefined();
  });

  it.each([
    [['--what-if', 'nobody*0.5'], '--what-if nobody: neither a stage nor a strategy; there are'],
    [['--what-if', 'symbol:CCC*0'], '--what-if symbol:CCC: no such symbol; there are AAA, BBB'],
    [['--what-if', 'AAA*0'], '--what-if AAA: a symbol is written symbol:AAA'],
    [['--what-if', 'busy'], '--what-if busy: no change; write NAME*FACTOR'],
    [['--speeds', '1,0'], '--speeds 1,0: must be positive numbers separated by commas'],
    [['--passes', '0'], '--passes 0: must be a whole number from 1 to 1000'],
  ])('refuses %j', async (options, said) => {
    const { code, stderr } = await barometer(['capacity', ticks(), ...STRATEGIES, ...options]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});

it('barometer capacity says so where there was nothing to measure', async () => {
  const { code, stdout, stderr } = await barometer(['capacity', ticks(), '--to', '2020-01-01']);
  expect([code, stdout, stderr]).toEqual([3, '', expect.stringContaining('nothing was processed')]);
});

describe('a strategy whose calls all fail', () => {
  const BROKEN = `module.exports = { name: 'broken', onBar() { throw new Error('no'); } };`;
  const measured = (...more: readonly string[]) =>
    barometer(['capacity', ticks(), '--strategy', file('broken.cjs', BROKEN), ...more]);

  it('is in the answer, in the notes and in the exit code', async () => {
    const { code, stdout, stderr } = await measured();
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/^Keeps up .*, but all calls of broken failed/);
    expect(text).toContain('Strategy broken failed on 18 of 18 calls, the first: no. What a call');
    expect(stderr).toBe('barometer: strategy broken: all of its 18 calls failed, the first: no\n');
    expect(code).toBe(1);
  });

  it('is accepted with --allow-errors', async () => {
    const { code, stdout } = await measured('--allow-errors', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      errors: [{ strategy: 'broken', calls: 18, failed: 18, first: 'no' }],
    });
  });

  it('of a recorded run is too', async () => {
    const replay = ['replay', ticks(), '--strategy', file('broken.cjs', BROKEN), '--quiet'];
    expect((await inDir('broken', ...replay)).code).toBe(1);
    const { code, stdout } = await inDir('broken', 'capacity', 'latest');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('all calls of broken failed');
    expect(code).toBe(1);
    const { stdout: report } = await inDir('broken', 'report', 'latest');
    expect(report).toMatch(/Strategy `broken` failed on 18 of\s+18 bars/);
  });

  it('passes a replay with --allow-errors', async () => {
    const replay = ['replay', ticks(), '--strategy', file('broken.cjs', BROKEN), '--quiet'];
    const { code, stderr } = await inDir('broken', ...replay, '--allow-errors');
    expect(stderr).toContain('all of its 18 calls failed');
    expect(code).toBe(0);
  });
});

describe('barometer capacity RUN', () => {
  beforeAll(async () => {
    const argv = ['replay', ticks(), ...STRATEGIES, '--speed', '60', '--quiet'];
    // Accepted, as before recording was the default.
    expect((await inDir('runs', ...argv, '--record-timings')).code).toBe(0);
    expect((await inDir('untimed', ...argv, '--no-record-timings')).code).toBe(0);
  });

  it('is the same each time, and knows no garbage collection', async () => {
    const report = await json('latest');
    expect(report).toEqual(await json('latest'));
    expect(report.source.strategies).toEqual(['busy', 'sma-cross']);
    expect(report.pauses).toBeUndefined();
  });

  it('answers what if at once', async () => {
    const before = await json('latest');
    const { whatIf, sustainableSpeed } = await json(
      'latest',
      '--what-if',
      'busy*0,interval:5m*0.5',
    );
    expect(whatIf).toEqual({
      changes: ['busy*0', 'interval:5m*0.5'],
      measuredSpeed: before.sustainableSpeed,
    });
    expect(sustainableSpeed).toBeGreaterThan(before.sustainableSpeed);
  });

  it('writes a page beside what it prints, and none where that cannot be', async () => {
    expect((await inDir('runs', 'capacity', 'latest', '--html', path('page.html'))).code).toBe(0);
    expect(readFileSync(path('page.html'), 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
    const nowhere = path('no/such/folder/page.html');
    const { code, stdout } = await inDir('runs', 'capacity', 'latest', '--html', nowhere);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('says what to do where nothing was recorded', async () => {
    const { code, stderr } = await inDir('untimed', 'capacity', 'latest');
    expect([code, stderr]).toEqual([3, expect.stringContaining('--no-record-timings')]);
  });

  it('names an option that is for files', async () => {
    const { code, stderr } = await inDir('runs', 'capacity', 'latest', '--bars', '5m');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--bars: is for tick files')]);
  });

  it('gives the report of that run its figures', async () => {
    const fast = ['replay', ticks(), ...STRATEGIES, '--speed', '60000', '--quiet'];
    expect((await inDir('fast', ...fast)).code).toBe(0);
    const { stdout } = await inDir('fast', 'report');
    const capacity = await inDir('fast', 'capacity', 'latest', '--json');
    const { sustainableSpeed, stableSpeed } = JSON.parse(capacity.stdout) as CapacityReport;
    const text = stdout.replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/ is sustainable up to [\d,]+× and stable up to [\d,]+×/);
    const { verdict } = JSON.parse((await inDir('fast', 'report', '--json')).stdout) as Report;
    expect(verdict.sustainableSpeed).toBeCloseTo(sustainableSpeed, 6);
    expect(verdict.stableSpeed).toBeCloseTo(stableSpeed, 6);
    const before = await inDir('fast', 'report', '--at', '1');
    expect(before.stdout).not.toContain('sustainable up to');
  });
});
