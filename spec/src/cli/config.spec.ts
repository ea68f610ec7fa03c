import { Command } from 'commander';
import { CONFIG_OPTIONS } from '../../../src/config';
import { COMMANDS } from '../../../src/cli/commands';
import { defineConfig } from '../../../src';
import { barometer, folder, TICKS } from './barometer';

const { file, path } = folder();
const day = (): string => file('day.csv', TICKS);

/** A configuration as users have it, in TypeScript. */
const config = (text: string): string =>
  file('barometer.config.ts', `const config: object = { ${text} };\nexport default config;\n`);

const checked = async (text: string, ...args: readonly string[]) => {
  const { code, stdout, stderr } = await barometer([
    ...['check', '--config', config(text)],
    ...args,
    '--json',
  ]);
  const json = stdout === '' ? undefined : (JSON.parse(stdout) as Record<string, unknown>);
  return { code, stderr, ...(json as object) } as Readonly<Record<string, unknown>>;
};

const COMMON = (): string =>
  `files: ${JSON.stringify(day())}, bars: '30s', derive: ['1m', '5m'], speed: 20,
   strategy: ['sma-cross', { module: 'busy', parameters: { us: 1 } }], symbols: ['AAA'],
   require: ['errors = 0'], profiles: { hard: { speed: 40, require: ['ticks = 600', 'errors = 0'] } }`;

test('says what the command line does not', async () => {
  expect(await checked(COMMON())).toMatchObject({
    code: 0,
    judgements: [{ requirement: 'errors = 0' }],
    report: {
      run: { speed: 20, symbols: ['AAA'] },
      stages: { analysis: { strategies: { 'sma-cross': {}, busy: {} } } },
    },
  });
});

test('a profile takes the place of what it says', async () => {
  expect(await checked(COMMON(), '--profile', 'hard')).toMatchObject({
    judgements: [{ requirement: 'ticks = 600' }, { requirement: 'errors = 0' }],
    report: { run: { speed: 40 } },
  });
});

test('the command line wins over both, even with a default', async () => {
  const args = ['--profile', 'hard', '--speed', '1', '--require', 'ticks > 1', '--symbols', 'BBB'];
  expect(await checked(COMMON(), ...args)).toMatchObject({
    judgements: [{ requirement: 'ticks > 1' }],
    report: { run: { speed: 1, symbols: ['BBB'] } },
  });
  const other = file('other.csv', TICKS.replaceAll('AAA', 'CCC'));
  expect(await checked(COMMON(), other, '--symbols', 'CCC')).toMatchObject({
    report: { run: { files: [other], symbols: ['CCC'] } },
  });
});

test('replay and capacity take it too; what is not theirs is not for them', async () => {
  const from = config(COMMON());
  const replayed = await barometer(['replay', '--config', from, '--json', '--quiet']);
  expect(JSON.parse(replayed.stdout)).toMatchObject({ run: { speed: 20, symbols: ['AAA'] } });
  const measured = await barometer(['capacity', '--config', from, '--json']);
  expect(measured.stderr).toBe('');
  expect(measured.code).toBe(0);
});

test('capacity of a run that is over is that of the run', async () => {
  const from = config(COMMON());
  await barometer(['replay', '--config', from, '--quiet']);
  expect(await barometer(['capacity', 'latest', '--config', from])).toMatchObject({ code: 0 });
});

test.each([
  [`spede: 3`, `spede`, 'did you mean speed?'],
  [`profiles: { ci: { requires: [] } }`, 'requires', 'did you mean require?'],
  [`speed: true`, 'speed', 'must be a text or a number'],
  [`strict: 'yes'`, 'strict', 'must be true or false'],
  [`bars: { a: 1 }`, 'bars', 'is no text or number'],
  [`bars: nothing`, 'nothing', 'is not defined'],
])('%s is wrong usage', async (text, name, advice) => {
  const args = text.includes('profiles') ? ['--profile', 'ci'] : [];
  const { code, stderr } = await checked(text, day(), ...args, '--require', 'errors = 0');
  expect(stderr).toContain('barometer.config.ts: ');
  expect(stderr).toContain(name);
  expect(stderr).toContain(advice);
  expect(code).toBe(2);
});

test('a profile and a file that are not there are wrong usage', async () => {
  expect(await checked(COMMON(), '--profile', 'cj')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no profile "cj"; there are hard') as unknown,
  });
  const none = ['check', '--config', path('none.ts'), '--require', 'errors = 0'];
  expect(await barometer(none)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('none.ts: there is no such file') as unknown,
  });
});

test('no file anywhere is a missing argument, as ever', async () => {
  expect(await barometer(['check', '--require', 'errors = 0'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("missing required argument 'files'") as unknown,
  });
});

test('has every option by which files are replayed, and no others', async () => {
  const entries = COMMANDS.filter(({ name }) => ['check', 'sweep'].includes(name));
  const names = new Set<string>();
  for (const { load, name } of entries) {
    const command = new Command(name);
    (await load()).define(command);
    for (const option of command.options) names.add(option.attributeName());
  }
  const ofTheCall = [
    'by',
    'jobs',
    'out',
    'resume',
    ...['nats', 'natsCreds', 'natsCa', 'insecure', 'modules'],
    'list',
    'sort',
    'table',
    'json',
    'quiet',
    'dir',
  ];
  const known = Object.keys(CONFIG_OPTIONS).filter((name) => name !== 'files');
  expect([...names].filter((name) => !ofTheCall.includes(name)).sort()).toEqual(known.sort());
});

test('defineConfig gives what it is given', () => {
  const written = { files: 'a.csv', profiles: { ci: { speed: 3 } } } as const;
  expect(defineConfig(written)).toBe(written);
});
