import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { barometer, folder } from './barometer';

const { path } = folder();
const SAMPLE = join(__dirname, '../../sample/synthetic.csv');
const MAKE_SAMPLE =
  'generate --symbols SYNTHETIC-A,SYNTHETIC-B,SYNTHETIC-C --minutes 120 --rate 0.25 --bursts 3 --seed 7';

it('makes the sample that is shipped, byte for byte', async () => {
  const { code, stdout } = await barometer(MAKE_SAMPLE.split(' '));
  expect(code).toBe(0);
  expect(stdout).toBe(readFileSync(SAMPLE, 'utf8'));
  expect(statSync(SAMPLE).size).toBeLessThan(300_000);
});

it('writes to a file', async () => {
  const { code, stdout } = await barometer([...MAKE_SAMPLE.split(' '), '--out', path('x.csv')]);
  expect([code, stdout]).toEqual([0, '']);
  expect(readFileSync(path('x.csv'), 'utf8')).toBe(readFileSync(SAMPLE, 'utf8'));
  expect(readdirSync(path('.'))).toEqual(['x.csv']);
});

it.each([
  ['--minutes', '0', /--minutes 0: must be a positive number/],
  ['--rate', '-1', /--rate -1: must be a positive number/],
  ['--bursts', '1.5', /--bursts 1.5: must be a whole number from 0/],
  ['--seed', 'x', /--seed x: must be a whole number from 0 to 4294967295/],
  ['--symbols', 'A,,B', /--symbols A,,B: must be names separated by commas/],
  ['--out', 'nowhere/x.csv', /there is no folder nowhere/],
])('%s %s is refused', async (option, value, message) => {
  const { code, stdout, stderr } = await barometer(['generate', option, value]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
});

it('the sample names a strategy that is too slow, in the demo', async () => {
  const manifest = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as {
    scripts: { demo: string };
  };
  const argv = manifest.scripts.demo.replace('npm run -s barometer -- ', '').split(' ');
  const { code, stdout } = await barometer([...argv, '--json', '--quiet']);
  const report = JSON.parse(stdout) as {
    run: { symbols: string[] };
    verdict: { culprit: string };
    actions: { strategy?: string }[];
  };
  expect(code).toBe(0);
  expect(report.verdict.culprit).toBe('analysis');
  expect(report.actions.map(({ strategy }) => strategy)).toContain('busy');
  expect(report.run.symbols.every((symbol) => symbol.startsWith('SYNTHETIC'))).toBe(true);
});
