import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { liveCommand } from '../../../src/cli/commands/live';
import { replayCommand } from '../../../src/cli/commands/replay';
import { REPEATED_OPTIONS } from '../../../src/cli/runSetup';
import type { JournalHeader } from '../../../src/journal';
import { fromTicks, replay } from '../../../src';
import { barometer, folder, TICKS } from './barometer';

const { file, path } = folder();
const STRATEGY = `exports.default = ({ length = 1 }) => ({ name: 'mine', onBar() { void length; } });
require('./lib.cjs');`;

interface Printed {
  readonly run: { readonly id: string; readonly speed: number; readonly marketFrom: string };
  readonly bars: unknown;
}

/** A run with its own folder of journals, and the header of its journal. */
async function replayed(dir: string, ...args: readonly string[]) {
  const env = { BAROMETER_DIR: path(dir) };
  const { code, stdout, stderr } = await barometer(['replay', ...args, '--json', '--quiet'], {
    env,
  });
  const report = stdout === '' ? undefined : (JSON.parse(stdout) as Printed);
  return { code, stderr, report, header: () => headerOf(path(dir)) };
}

function headerOf(dir: string): JournalHeader {
  const name = readFileSync(`${dir}/latest`, 'utf8').trim();
  const [line = ''] = readFileSync(`${dir}/${name}`, 'utf8').split('\n');
  return JSON.parse(line) as JournalHeader;
}

const sources = () => {
  file('lib.cjs', '1;');
  return { day: file('day.csv', TICKS), mine: file('mine.cjs', STRATEGY) };
};

describe('the header of a journal', () => {
  it('has all that the run was asked to do', async () => {
    const { day, mine } = sources();
    const { header } = await replayed(
      'header',
      ...[day, '--strategy', `${mine}:length=20`, '--strategy', 'sma-cross:fast=3,slow=9'],
      ...['--bars', '30s', '--derive', '1m,5m', '--speed', '60', '--zone', 'America/New_York'],
      ...['--day-start', '17:00', '--from', '2023-11-14T22:15Z', '--clock', 'receive'],
      ...['--inbox', '99', '--overflow', 'conflate', '--label', 'before the change'],
    );
    const { setup, versions } = header();
    expect(setup).toMatchObject({
      command: 'replay',
      label: 'before the change',
      args: [day],
      options: {
        bars: '30s',
        derive: ['1m,5m'],
        speed: '60',
        zone: 'America/New_York',
        dayStart: '17:00',
        from: '2023-11-14T22:15Z',
        clock: 'receive',
        inbox: '99',
        overflow: 'conflate',
        mode: 'clock',
        badRows: 'stop',
      },
      inputs: [{ path: day, bytes: TICKS.length, format: expect.any(String) as unknown }],
      strategies: [
        { name: 'mine', module: mine, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
        { name: 'sma-cross', module: 'sma-cross', parameters: { fast: '3', slow: '9' } },
      ],
      git: {
        commit: expect.stringMatching(/^[0-9a-f]{40,}$/) as unknown,
        isDirty: expect.any(Boolean) as unknown,
      },
    });
    expect(Object.keys(versions)).toEqual(['barometer', 'node', 'rxjs']);
  });

  it('has none of what may be secret', async () => {
    const { day } = sources();
    const { header } = await replayed(
      'secret',
      ...[day, '--metrics', '0', '--token', 'abcdefghijklmnopqrstuvwxyz'],
    );
    expect(JSON.stringify(header())).not.toContain('abcdefghijklmnopqrstuvwxyz');
  });
});

test('a run in code has its options and strategies in its header', () => {
  const run = replay(fromTicks([]), {
    bars: '1s',
    derive: ['5s'],
    calendar: { zone: 'America/New_York', dayStart: '17:00' },
    from: 1_700_000_000_000_000,
    inbox: 99,
    strategies: [
      { module: sources().mine, parameters: { length: 20 } },
      { name: 'made', onBar: () => undefined },
    ],
  });
  expect(run.setup).toEqual({
    options: {
      bars: '1s',
      derive: ['5s'],
      calendar: { zone: 'America/New_York', dayStart: '17:00' },
      from: 1_700_000_000_000_000,
      inbox: 99,
    },
    strategies: [
      {
        name: 'mine',
        module: path('mine.cjs'),
        parameters: { length: 20 },
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      },
      { name: 'made' },
    ],
  });
});

test('every option is repeated, or is about what is shown and written', () => {
  const shown = [
    ...[
      'again',
      'label',
      'allowErrors',
      'warnEvery',
      'outBars',
      'outSignals',
      'csvSafe',
      'timeFormat',
    ],
    ...['journal', 'fsync', 'gzip', 'json', 'quiet', 'metrics', 'metricsLinger', 'token'],
    ...['exportSymbols', 'otlp', 'otlpInterval', 'dashboard'],
  ];
  const command = new Command('replay');
  replayCommand.define(command);
  const names = new Set(command.options.map((option) => option.attributeName()));
  expect([...names].sort()).toEqual([...REPEATED_OPTIONS, ...shown].sort());
  liveCommand.define(new Command('live'));
});

describe('barometer replay --again', () => {
  it('repeats a run with its files and options', async () => {
    const { day, mine } = sources();
    const args = [day, '--strategy', mine, '--speed', '60', '--from', '2023-11-14T22:18Z'];
    const first = await replayed('again', ...args);
    const again = await replayed('again', '--again', 'latest');
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.report?.run).toMatchObject({ speed: 60 });
    expect(again.report?.bars).toEqual(first.report?.bars);
    expect(again.report?.run.marketFrom).toBe(first.report?.run.marketFrom);
  });

  it('lets the command line win, and records what came of both', async () => {
    const { day } = sources();
    await replayed('wins', day, '--speed', '60', '--bars', '30s');
    const { header } = await replayed('wins', '--again', 'latest', '--speed', '7');
    expect(header().setup?.options).toMatchObject({ speed: '7', bars: '30s' });
  });

  it('says what has changed since', async () => {
    const { day, mine } = sources();
    await replayed('changed', day, '--strategy', mine);
    writeFileSync(day, TICKS.replace(/\n$/, '\n\n'));
    // Of the module's own imports too.
    file('lib.cjs', '2;');
    const { code, stderr } = await replayed('changed', '--again', 'latest');
    const bytes = TICKS.length.toLocaleString('en');
    expect(stderr).toContain(`--again latest: ${day} has changed: ${bytes} bytes then, `);
    expect(stderr).toMatch(/mine\.cjs has changed: sha256 [0-9a-f]{12} then, [0-9a-f]{12} now\n/);
    expect(code).toBe(0);
  });

  it('says that a file was written again although its size is the same', async () => {
    const { day } = sources();
    await replayed('touched', day);
    utimesSync(day, 1, 1);
    const { stderr } = await replayed('touched', '--again', 'latest');
    expect(stderr).toContain(`${day} was written again at 1970-01-01T00:00:01.000Z`);
  });

  it('refuses a run that does not say how it was called', async () => {
    const { day } = sources();
    await replayed('old', day);
    const name = readFileSync(path('old/latest'), 'utf8').trim();
    const [head = '', ...rest] = readFileSync(path(`old/${name}`), 'utf8').split('\n');
    const old = { ...(JSON.parse(head) as JournalHeader), setup: undefined };
    writeFileSync(path(`old/${name}`), [JSON.stringify(old), ...rest].join('\n'));
    const { code, stderr } = await replayed('old', '--again', 'latest');
    expect([code, stderr]).toEqual([2, expect.stringContaining('does not say how it was called')]);
  });
});
