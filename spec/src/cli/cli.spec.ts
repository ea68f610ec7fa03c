import type { CommandEntry } from '../../../src/cli/command';
import { COMMANDS } from '../../../src/cli/commands';
import { cli } from '../../../src/cli/cli';
import { EXIT, exitCodeOf, messageOf } from '../../../src/cli/exitCodes';
import { UsageError } from '../../../src/cli/usageError';
import { OptionError, OverflowError } from '../../../operators';
import { OutputError } from '../../../src/output';
import { UnusableStrategyError } from '../../../src/strategies';
import { SourceError } from '../../../streams';
import { barometer } from './barometer';

const { version } = jest.requireActual<{ version: string }>('../../../package.json');

it('prints its version', async () => {
  expect(await barometer(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

it('its help names every command and every exit code', async () => {
  const { code, stdout } = await barometer(['--help']);
  expect(code).toBe(0);
  for (const { name, summary } of COMMANDS)
    expect(stdout).toMatch(new RegExp(`${name} .*${summary}`));
  for (const exit of Object.values(EXIT)) expect(stdout).toMatch(new RegExp(`^ +${exit} `, 'm'));
});

it.each([[['replay', '--help']], [['help', 'replay']]])('%j shows every option', async (argv) => {
  const { code, stdout } = await barometer(argv);
  expect(code).toBe(0);
  const said =
    'bars derive strategy mode speed time from to columns symbol price bar-time bad-rows inbox overflow warn-every timings strict out-bars out-signals json quiet';
  for (const option of said.split(' '))
    expect(stdout).toMatch(new RegExp(`^ +--${option}\\b`, 'm'));
});

it('loads only the command that is called', async () => {
  const loaded: string[] = [];
  const entry = (name: string): CommandEntry => ({
    name,
    summary: name,
    load: async () => {
      loaded.push(name);
      return { define: () => undefined, run: async () => 0 };
    },
  });
  const io = {
    stdout: process.stdout,
    stderr: process.stderr,
    env: {},
    signals: process,
    exit: () => undefined,
  };
  expect(await cli(['two'], io, [entry('one'), entry('two')])).toBe(0);
  expect(loaded).toEqual(['two']);
});

it('shows the stack of an error to those who ask for it', async () => {
  const silent = await barometer(['replay', 'gone.csv']);
  const told = await barometer(['replay', 'gone.csv'], { env: { DEBUG: 'barometer' } });
  expect(silent.stderr).not.toMatch(/^ +at /m);
  expect(told.stderr).toMatch(/^ +at /m);
});

it.each([
  [new UsageError('x'), 2],
  [new OptionError('speed', 0, 'more'), 2],
  [new UnusableStrategyError('x', 'y', 'z'), 2],
  [new OutputError('x', true, 'y', 'z'), 2],
  [new SourceError('SOURCE_BAD_OPTION', 'x', 'y', 'z'), 2],
  [new SourceError('SOURCE_MISSING', 'x', 'y', 'z'), 3],
  [new SourceError('SOURCE_BAD_ROW', 'x', 'y', 'z'), 3],
  [new OutputError('x', false, 'y', 'z'), 1],
  [new OverflowError('x', 1), 1],
  [new TypeError('x'), 1],
  ['x', 1],
])('%p ends with exit code %d', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

it('calls options as they are written at the command line', () => {
  expect(messageOf(new OptionError('speed', 0, 'more'))).toBe('--speed is 0, but must be more');
  expect(messageOf(new OptionError('keyOf', 0, 'more'))).toBe('keyOf is 0, but must be more');
});
