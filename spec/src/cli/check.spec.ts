import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS } from '../../../src/check';
import { barometer, folder, TICKS } from './barometer';

const { path, file } = folder();
const day = (): string => file('day.csv', TICKS);
/** Fails at every third bar. */
const SHAKY = `let n = 0;
module.exports = { name: 'shaky', onBar() { n += 1; if (n % 3 === 0) throw new Error('no'); } };`;
const BROKEN = `module.exports = { name: 'broken', onBar() { throw new Error('no'); } };`;

const check = (...args: readonly string[]) => barometer(['check', day(), ...args]);

test('says PASS for each requirement that holds', async () => {
  const { code, stdout, stderr } = await check(
    '--strategy',
    'sma-cross',
    '--require',
    'sustainable-speed >= 0.1',
    '--require',
    'behind(processor-analysis) < 5%',
    '--require',
    'errors = 0',
    '--require',
    'ticks = 1200',
    '--require',
    'max-service(analysis) < 60s',
  );
  expect(stderr).toBe('');
  expect(stdout.split('\n').map((line) => line.replace(/ is .*/, ''))).toEqual([
    'PASS  sustainable-speed >= 0.1:',
    'PASS  behind(processor-analysis) < 5%:',
    'PASS  errors = 0:',
    'PASS  ticks = 1200:',
    'PASS  max-service(analysis) < 60s:',
    '',
  ]);
  expect(stdout).toContain('PASS  errors = 0: is 0\n');
  expect(stdout).toContain('PASS  ticks = 1200: is 1,200\n');
  expect(code).toBe(0);
});

test('exits with 4 where one does not hold, and says what it found', async () => {
  const strategy = file('shaky.cjs', SHAKY);
  const { code, stdout } = await check(
    ...['--strategy', strategy, '--require', 'errors = 0', '--require', 'signals = 0'],
  );
  expect(stdout).toBe('FAIL  errors = 0: is 6\nPASS  signals = 0: is 0\n');
  expect(code).toBe(4);
});

test('a strategy whose calls all fail passes no gate', async () => {
  const strategy = file('broken.cjs', BROKEN);
  const { code, stderr } = await check('--strategy', strategy, '--require', 'ticks > 0');
  expect(stderr).toContain('strategy broken: all of its 18 calls failed');
  expect(code).toBe(1);
});

test('the median of several passes counts', async () => {
  const { stdout } = await check('--passes', '3', '--require', 'sustainable-speed > 0');
  expect(stdout).toMatch(
    /^PASS {2}sustainable-speed > 0: is .*, the median of 3 passes \(.* to .*\)\n$/,
  );
});

test.each([
  ['sustainable-speed', 'sustainable-speed: is no requirement; write one such as'],
  ['speed > 3', 'there is no metric "speed"; there are sustainable-speed, stable-speed, behind'],
  ['behind < 5', '"5" is no limit of it; write one such as 5%'],
  ['errors = none', '"none" is no limit of it; write one such as 0'],
  ['p99-lateness < 5', '"5" is no limit of it; write one such as 20ms or 1.5s'],
  ['ticks(processor) > 1', 'ticks is of the whole run; leave out (processor)'],
  [
    'behind(here) < 5%',
    'there is no edge "here"; there are coordinator-processor, processor-analysis',
  ],
  ['errors(mine) = 0', 'there is no strategy "mine"; there is none'],
])('%s is wrong usage: %s', async (text, message) => {
  const { code, stdout, stderr } = await check('--require', text);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

test.each([
  ['replay', '--quiet'],
  ['check', '--require', 'errors = 0'],
])(
  '%s of a session without a row says what the files cover and exits with 3',
  async (command, ...args) => {
    const { code, stderr } = await barometer([command, day(), '--from', '2030-01-01', ...args]);
    expect(stderr).toContain('the files have no row in the session');
    expect(stderr).toContain('they cover 2023-11-14T22:14:00.000Z to 2023-11-14T22:23:59.500Z');
    expect(code).toBe(3);
  },
);

test('nothing required is wrong usage', async () => {
  expect(await check()).toMatchObject({ code: 2 });
  expect(await check('--require', 'errors = 0', '--allow-regression', '5%')).toMatchObject({
    code: 2,
  });
});

test('data-driven, nothing is late: a requirement of it does not hold', async () => {
  const { code, stdout } = await check('--mode', 'data', '--require', 'behind < 5%');
  expect(stdout).toBe('FAIL  behind < 5%: the run does not say\n');
  expect(code).toBe(4);
});

describe('with a baseline', () => {
  const baseline = async (errors: string): Promise<string> => {
    const { stdout } = await barometer(['replay', day(), '--strategy', 'sma-cross', '--json']);
    const report = JSON.parse(stdout) as {
      stages: { analysis: { strategies: Record<string, { errors: string }> } };
      verdict: Record<string, number | null>;
    };
    (report.stages.analysis.strategies['sma-cross'] as { errors: string }).errors = errors;
    report.verdict['sustainableSpeed'] = 0.5;
    return file('base.json', JSON.stringify(report));
  };

  test('what is worse than it by more than is allowed fails', async () => {
    const base = await baseline('4');
    const args = ['--strategy', file('shaky.cjs', SHAKY), '--baseline', base];
    const bad = await check(...args, '--allow-regression', '10%');
    expect(bad.stdout).toMatch(/^PASS {2}sustainable-speed >= 0.45× \(.*base.json: 0.5×\): is /);
    expect(bad.stdout).toMatch(/FAIL {2}errors <= 4.4 \(.*base.json: 4\): is 6\n$/);
    expect(bad.code).toBe(4);
    expect(await check(...args, '--allow-regression', '60%')).toMatchObject({ code: 0 });
  });

  test('a recorded run is one, and latest is the one before this', async () => {
    const journals = path('journals');
    const env = { BAROMETER_DIR: journals };
    await barometer(['replay', day(), '--strategy', file('shaky.cjs', SHAKY)], { env });
    const args = ['check', day(), '--strategy', file('shaky.cjs', SHAKY), '--journal', journals];
    const { stdout } = await barometer([...args, '--baseline', 'latest'], { env });
    expect(stdout).toContain('PASS  errors <= 6.6 (latest: 6): is 6\n');
    const { stdout: listed } = await barometer(['runs', '--json'], { env });
    expect(JSON.parse(listed)).toHaveLength(2);
  });

  test('what is no report is wrong usage', async () => {
    const other = file('other.json', '{"schema":1}');
    expect(await check('--baseline', other)).toMatchObject({ code: 2 });
    expect(await check('--baseline', path('none.json'))).toMatchObject({ code: 3 });
  });
});

describe('reporters', () => {
  const args = ['--require', 'ticks < 5', '--require', 'errors = 0'];

  test('JUnit XML', async () => {
    const out = path('check.xml');
    const { stdout, code } = await check(...args, '--reporter', `junit=${out}`);
    expect(stdout).toContain('FAIL  ticks < 5: is 1,200\n');
    expect(code).toBe(4);
    const lines = readFileSync(out, 'utf8')
      .replace(/time="[\d.]+"/g, 'time="T"')
      .split('\n');
    expect(lines).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites tests="2" failures="1" errors="0" time="T">',
      '  <testsuite name="barometer check" tests="2" failures="1" errors="0" time="T">',
      '    <testcase classname="barometer.check" name="ticks &lt; 5">',
      '      <failure message="ticks &lt; 5: is 1,200"/>',
      '    </testcase>',
      '    <testcase classname="barometer.check" name="errors = 0"/>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ]);
  });

  test('annotations of GitHub', async () => {
    const { stdout } = await check(...args, '--require', 'behind < 5%', '--reporter', 'github');
    expect(stdout).toBe(
      [
        '::error title=barometer check::ticks < 5: is 1,200',
        '::notice title=barometer check::errors = 0: is 0',
        '::notice title=barometer check::behind < 5%25: is 0%25',
        '',
      ].join('\n'),
    );
  });

  test('JSON', async () => {
    const { stdout, code } = await check(...args, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      passed: false,
      judgements: [
        { requirement: 'ticks < 5', passed: false, value: 1200, text: 'ticks < 5: is 1,200' },
        { requirement: 'errors = 0', passed: true, value: 0 },
      ],
      report: { schema: 1, bars: { ticks: '1200' } },
    });
    expect(code).toBe(4);
  });
});

test('docs/check.md lists every metric', () => {
  const text = readFileSync(join(__dirname, '../../../docs/check.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([a-z0-9-]+)` \| (\w*) ?\| (\w+) \| (.*) \|$/gm)];
  expect(rows.map(([, ...cells]) => cells)).toEqual(
    Object.entries(METRICS).map(([name, { scope = '', unit, what }]) => [name, scope, unit, what]),
  );
});
