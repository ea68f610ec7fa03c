import { EventEmitter } from 'node:events';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Report } from '../../../src/report';
import { finished } from '../metrics/given';
import { journalText, windows } from '../journal/given';
import { barometer, folder, TICKS } from './barometer';

const { path, file } = folder();

/** A replay of the same ticks into a folder of its own. */
async function replayed(dir: string, ...more: string[]) {
  const ticks = file('ticks.csv', TICKS);
  const printed = await barometer(['replay', ticks, '--speed', '60', '--json', ...more], {
    env: { BAROMETER_DIR: path(dir) },
  });
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(printed.stdout) as Report;
}
const inDir = (dir: string, ...argv: string[]) => barometer([...argv, '--dir', path(dir)]);

describe('barometer replay', () => {
  it('leaves a journal from which everything can be read again', async () => {
    const report = await replayed('plain', '--strategy', 'sma-cross', '--derive', '5m');
    const again = await inDir('plain', 'report', '--json');
    expect(JSON.parse(again.stdout)).toEqual(report);
    expect(readFileSync(path('plain/latest'), 'utf8')).toBe(`${report.run.id}.ndjson\n`);
  });

  it('leaves none where none is wanted', async () => {
    await replayed('none', '--journal', 'none');
    expect(existsSync(path('none'))).toBe(false);
  });

  it('puts it where it is told to, a file or a folder, compressed if asked', async () => {
    await replayed('told', '--journal', path('told.ndjson'), '--gzip', '--fsync');
    expect(existsSync(path('told.ndjson.gz'))).toBe(true);
    const { run } = await replayed('told', '--journal', path('told'));
    expect(readdirSync(path('told'))).toContain(`${run.id}.ndjson`);
    expect((await inDir('told', 'status', path('told.ndjson.gz'))).stdout).toContain('finished');
  });

  it('keeps service times beside it', async () => {
    const { run } = await replayed('timed');
    expect(readdirSync(path('timed'))).toContain(`${run.id}.timings`);
    const without = await replayed('untimed', '--no-record-timings');
    expect(readdirSync(path('untimed'))).not.toContain(`${without.run.id}.timings`);
  });

  it.each([[['--journal', ''], '--journal : must be the name of a file or folder, or none']])(
    'refuses %j',
    async (options, said) => {
      const { code, stderr } = await barometer(['replay', file('ticks.csv', TICKS), ...options]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
    },
  );

  it('does not write over what is no journal', async () => {
    const ticks = file('ticks.csv', TICKS);
    const { code, stderr } = await barometer(['replay', ticks, '--journal', ticks]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is read by this run')]);
    expect(readFileSync(ticks, 'utf8')).toBe(TICKS);
  });
});

describe('the commands that read journals', () => {
  const DIR = 'runs';
  const journal = (name: string, text: string): void => {
    file(`${name}`, '');
    writeFileSync(path(name), text);
  };
  const events = [...windows(4), finished()];
  const whole = (name: string): string => {
    journal(name, journalText(events));
    return path(name);
  };

  it('status fits a small terminal', async () => {
    const { code, stdout } = await barometer(['status', whole('small.ndjson')], {
      isTTY: true,
      size: [60, 15],
      env: { NO_COLOR: '1' },
    });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThan(15);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
    expect(stdout).toMatch(/^C→P .* events, /m);
    expect(stdout).toContain('% of the market');
  });

  it('status shows the state of a run', async () => {
    const { code, stdout } = await barometer(['status', whole('status.ndjson')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/State: +finished/);
    expect(stdout).toMatch(/Mode: +clock-driven at speed 1, simulated time/);
    expect(stdout).toMatch(/Market time: +2024-08-08T00:04:00.000Z/);
    expect(stdout).toMatch(/Coordinator→Processor: high/);
    expect(stdout).toMatch(/8 events of 16 bars \(50%\): burst 4, behind 4 \(25%\), overruns 0/);
    for (const stage of ['Coordinator', 'Data Processor', 'Analysis Engine']) {
      expect(stdout).toMatch(new RegExp(`${stage} +busy`));
    }
    expect(stdout).toContain('Warnings\n  none');
  });

  it('status tells a run in progress from one that was killed', async () => {
    journal('live.ndjson', journalText(windows(1)));
    const live = await barometer(['status', path('live.ndjson'), '--json']);
    expect(JSON.parse(live.stdout)).toMatchObject({ state: 'running', events: '6' });
    journal('dead.ndjson', journalText(windows(1)).replace(/"pid":\d+/, '"pid":4194305'));
    const dead = await barometer(['status', path('dead.ndjson')]);
    expect(dead.stdout).toContain('interrupted: its process is gone');
  });

  it('report shows the run as it stood at a moment', async () => {
    const at = await barometer(['report', whole('at.ndjson'), '--at', '00:02']);
    expect(at.stdout).toMatch(/^As it stood after event 11: market time 2024-08-08T00:02:00.000Z/);
    expect(at.stdout).toContain('not finished yet');
    const json = await barometer(['report', path('at.ndjson'), '--at', '11', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      at: { seq: 11, marketTime: '2024-08-08T00:02:00.000Z' },
      edges: { 'coordinator-processor': { delivered: '8' } },
    });
  });

  it.each(['report', 'status'])('%s names a damaged line and shows the rest', async (command) => {
    const lines = journalText(events).split('\n');
    lines[2] = 'rubbish';
    journal('damaged.ndjson', lines.join('\n'));
    const { code, stdout, stderr } = await barometer([command, path('damaged.ndjson')]);
    expect(code).toBe(3);
    expect(stderr).toContain(`${path('damaged.ndjson')}:3: damaged line: no JSON`);
    expect(stdout).toContain('Verdict');
  });

  it.each([
    [['report', 'nothing-like-it'], 3, 'neither a file nor a run in'],
    [['report', 'latest', '--at', 'yesterday'], 2, 'yesterday: no moment of a run'],
    [['status'], 3, 'no run has left a journal here'],
    [['diff', 'one'], 2, "missing required argument 'after'"],
  ])('%j fails with %d', async (argv, code, said) => {
    const printed = await inDir('empty', ...argv);
    expect([printed.code, printed.stderr]).toEqual([code, expect.stringContaining(said)]);
  });

  it('diff shows two runs with the factor between them', async () => {
    await replayed(DIR, '--journal', path('before.ndjson'), '--strategy', 'busy:us=900');
    await replayed(DIR, '--journal', path('after.ndjson'), '--strategy', 'busy:us=50');
    const runs = [path('before.ndjson'), path('after.ndjson')];
    const { code, stdout } = await barometer(['diff', ...runs]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/analysis: mean service +\S+ ms +\S+ ms +[\d.]+× less/);
    const json = await barometer(['diff', ...runs, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: 1,
      rows: expect.any(Array) as unknown,
    });
  });

  it('runs lists them, the latest last, whatever state they are in', async () => {
    const none = await inDir('nowhere', 'runs');
    expect(none).toMatchObject({ code: 0, stdout: expect.stringContaining('No run') as string });
    const { run } = await replayed('list');
    journal('list/0-empty.ndjson', '');
    journal('list/1-other.ndjson', 'time,price\n1,2\n');
    journal('list/2-dead.ndjson', journalText(windows(1)).replace(/"pid":\d+/, '"pid":4194305'));
    const { stdout } = await inDir('list', 'runs');
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ['run', 'state'],
      ['0-empty', 'empty'],
      ['1-other', 'unreadable'],
      ['run-1', 'interrupted at 0%'],
      [run.id, 'done'],
      [''],
    ]);
  });
});

describe('barometer watch', () => {
  const LEAVE = '\x1b[?25h\x1b[?1049l';
  /** The screen is open as long as it listens for the end of the process. */
  const opened = async (signals: EventEmitter): Promise<void> => {
    while (signals.listenerCount('exit') === 0) await setImmediate();
  };
  const live = (name: string): string => file(name, journalText(windows(2)));

  it('prints lines on a pipe, and ends with the run', async () => {
    const journal = live('piped.ndjson');
    const watching = barometer(['watch', journal]);
    appendFileSync(
      journal,
      journalText([...windows(2), finished()])
        .split('\n')
        .slice(-2)
        .join('\n'),
    );
    const { code, stdout } = await watching;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^run-1 finished: 2024-08-08T00:02:00.000Z/m);
    expect(stdout).not.toContain('\x1b');
  });

  it('draws on a terminal, and gives it back as it was on Ctrl-C', async () => {
    const signals = new EventEmitter();
    const watching = barometer(['watch', live('drawn.ndjson')], { isTTY: true, signals });
    await opened(signals);
    signals.emit('SIGINT');
    const { code, stdout } = await watching;
    expect(code).toBe(130);
    expect(stdout).toContain('\x1b[?1049h\x1b[?25l');
    expect(stdout.split(LEAVE)).toHaveLength(2);
    expect(stdout.split(LEAVE)[1]).toContain('run-1  running');
    expect(signals.eventNames()).toEqual([]);
  });

  it('gives the terminal back when its process ends in another way', async () => {
    const signals = new EventEmitter();
    const watching = barometer(['watch', live('crashed.ndjson')], { isTTY: true, signals });
    await opened(signals);
    signals.emit('exit');
    signals.emit('SIGINT');
    expect((await watching).stdout.split(LEAVE)).toHaveLength(2);
  });
});
