import { EventEmitter } from 'node:events';
import fs, { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Report } from '../../../src/report';
import { openFiles } from '../../../streams';
import { barometer, folder, TICKS } from './barometer';

const { path, file } = folder();
const ticks = (): string => file('ticks of a day.csv', TICKS);
const reportOf = (stdout: string): Report => JSON.parse(stdout) as Report;

it("prints the guide's report and nothing else", async () => {
  const { code, stdout, stderr } = await barometer(['replay', ticks(), '--strategy', 'sma-cross']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Performance Metrics Summary:\n=+\nAnalysis Engine:\n/);
  expect(stdout).toMatch(/1,200 ticks of 2 symbols: 20 base bars/);
  expect(stdout.endsWith('\n')).toBe(true);
  expect(stdout).not.toContain('\u001b');
});

it('prints one JSON object', async () => {
  const argv = [
    'replay',
    ticks(),
    '--derive',
    '5m',
    '--mode',
    'data',
    '--json',
    '--strategy',
    'busy:us=0',
  ];
  const { code, stdout } = await barometer(argv);
  expect(code).toBe(0);
  expect(reportOf(stdout)).toMatchObject({
    schema: 1,
    run: {
      mode: 'data',
      time: 'simulated',
      speed: 1,
      symbols: ['AAA', 'BBB'],
      files: [path('ticks of a day.csv')],
    },
    bars: { ticks: '1200', base: '20', derived: '6' },
    edges: {
      'coordinator-processor': { backpressure: '0', grade: 'n/a' },
      'processor-analysis': { backpressure: '0' },
    },
    stages: { analysis: { strategies: { busy: { items: '22' } } } },
  });
});

it('reads one file after another as one stream, and only the session asked for', async () => {
  const second = TICKS.replaceAll('AAA', 'CCC').replaceAll('BBB', 'DDD');
  const argv = [
    'replay',
    ticks(),
    file('other.csv', second),
    '--json',
    '--from',
    '1700000100',
    '--to',
    '1700000220',
  ];
  const { stdout } = await barometer(argv);
  expect(reportOf(stdout)).toMatchObject({
    run: { symbols: ['AAA', 'CCC', 'BBB', 'DDD'] },
    bars: { ticks: '480', base: '8' },
  });
});

describe('warnings', () => {
  const argv = (): string[] => [
    'replay',
    ticks(),
    '--bars',
    '1s',
    '--warn-every',
    '300,200',
    '--speed',
    '1e6',
    '--strategy',
    'busy:us=50',
  ];

  it('go to stderr as NDJSON, one for each so many events', async () => {
    const { stderr } = await barometer(argv());
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { edge: string; count: string; msg: string });
    const second = lines.filter(({ edge }) => edge === 'processor-analysis');
    expect(second.map(({ count }) => count)).toEqual(['200', '400', '600', '800', '1000']);
    expect(second[0]?.msg).toMatch(/^\[BACKPRESSURE\] Processor→Analysis: 200 events/);
  });

  it('are lines for people on a terminal, above the progress bar', async () => {
    const { stderr, stdout } = await barometer(argv(), { isTTY: true, env: { NO_COLOR: '1' } });
    expect(stderr).toMatch(/\r\u001b\[K\[BACKPRESSURE\] Processor→Analysis: 200 events, .*\n/);
    expect(stderr).toMatch(/░ .*bars\/s/);
    expect(stdout).not.toContain('\u001b');
  });

  it('and the progress bar stay away where quiet is asked for', async () => {
    const { stderr, stdout } = await barometer([...argv(), '--quiet'], { isTTY: true });
    expect(stderr).toBe('');
    expect(stdout).toContain('\u001b[1mPerformance Metrics Summary:');
  });
});

describe('files that are written', () => {
  const argv = (...outputs: readonly string[]): string[] => [
    'replay',
    ticks(),
    '--derive',
    '5m',
    '--strategy',
    'sma-cross:fast=2,slow=3',
    ...outputs,
  ];

  it('hold base and derived bars as CSV', async () => {
    await barometer(argv('--out-bars', path('bars.csv')));
    const [header, ...lines] = readFileSync(path('bars.csv'), 'utf8').trimEnd().split('\n');
    expect(header).toBe('symbol,interval,start,end,open,high,low,close,volume,count,complete');
    expect(lines).toHaveLength(26);
    expect(lines[0]).toMatch(/^AAA,1m,1700000040000000,1700000100000000,100,.*,60,true$/);
    expect(lines.filter((line) => line.includes(',5m,'))).toHaveLength(6);
  });

  it('have ISO times with --time-format iso, and are read back the same', async () => {
    const iso = ['--time-format', 'iso'];
    const outputs = ['--out-bars', path('iso.csv'), '--out-signals', path('iso-signals.csv')];
    await barometer(argv(...outputs, ...iso));
    await barometer(argv('--out-bars', path('bars.csv')));
    const [, first = ''] = readFileSync(path('iso.csv'), 'utf8').split('\n');
    expect(first).toMatch(/^AAA,1m,2023-11-14T22:14:00\.000000Z,2023-11-14T22:15:00\.000000Z,100,/);
    const [, signal = ''] = readFileSync(path('iso-signals.csv'), 'utf8').split('\n');
    expect(signal).toMatch(/^2023-11-14T22:\d\d:00\.000000Z,sma-cross,/);
    const again = async (name: string): Promise<string> => {
      await barometer(['replay', path(name), '--out-bars', path('again.csv'), '--quiet']);
      return readFileSync(path('again.csv'), 'utf8');
    };
    expect(await again('iso.csv')).toBe(await again('bars.csv'));
    expect(await again('iso.csv')).toContain('\nAAA,1m,1700000040000000,');
  });

  it('of Parquet have numbers only', async () => {
    const { code, stderr } = await barometer(
      argv('--out-bars', path('iso.parquet'), '--time-format', 'iso'),
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining('Let it end in .csv, or leave')]);
  });

  it('hold the same bars as Parquet', async () => {
    await barometer(argv('--out-bars', path('bars.csv')));
    await barometer(argv('--out-bars', path('bars.parquet')));
    const closes = async (name: string): Promise<unknown[]> => {
      const [source] = await openFiles([path(name)], { bars: 60_000_000 });
      const rows: unknown[] = [];
      for await (const { length, time, close, symbol, symbols } of source?.batches() ?? []) {
        for (let i = 0; i < length; i += 1) rows.push([time[i], close[i], symbols[symbol[i] ?? 0]]);
      }
      return rows;
    };
    expect(await closes('bars.parquet')).toEqual(await closes('bars.csv'));
    expect(await closes('bars.parquet')).toHaveLength(20);
  });

  it('hold signals as CSV', async () => {
    const { stdout } = await barometer(argv('--out-signals', path('signals.csv'), '--json'));
    const [header, ...lines] = readFileSync(path('signals.csv'), 'utf8').trimEnd().split('\n');
    expect(header).toBe('time,strategy,symbol,interval,side,strength,note');
    expect(String(lines.length)).toBe(reportOf(stdout).signals);
    expect(lines[0]).toMatch(/^\d{16},sma-cross,(AAA|BBB),1m,(buy|sell),[\d.e-]+,$/);
  });

  it('are not there, nor is anything else, after a run that failed', async () => {
    const mine = file(
      'fails.js',
      'module.exports = { name: "fails", onBar() { throw new Error("no more"); } };',
    );
    const before = readdirSync(path('.')).filter((name) => !/^bars2/.test(name));
    const { code, stderr, stdout } = await barometer([
      'replay',
      ticks(),
      '--strict',
      '--strategy',
      mine,
      '--out-bars',
      path('bars2.csv'),
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^barometer: strategy fails, on AAA 1m of .*: no more\n$/);
    expect(stdout).toBe('');
    expect(readdirSync(path('.'))).toEqual(before);
  });
});

describe('a disk that is full', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('fails the run, with nothing half-written', async () => {
    const input = ticks();
    const before = readdirSync(path('.'));
    const { writeSync } = fs;
    jest.spyOn(fs, 'writeSync').mockImplementation(((file: number, bytes: Buffer, at: number) => {
      if (!bytes.includes('symbol,interval,start')) return writeSync(file, bytes, at);
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    }) as typeof fs.writeSync);
    const argv = ['replay', input, '--bars', 'tick', '--out-bars', path('full.csv')];
    const { code, stdout, stderr } = await barometer(argv);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^barometer: .*full\.csv: cannot be written \(ENOSPC\)\. .*\n$/);
    expect(readdirSync(path('.'))).toEqual(before);
  });
});

describe('an interrupt', () => {
  let strategies = 0;
  const stuck = (signals: EventEmitter): string => {
    Object.assign(globalThis, { interruptBarometer: () => signals.emit('SIGINT') });
    strategies += 1;
    return file(
      `interrupts ${strategies}.js`,
      `
      let bars = 0;
      module.exports = { name: 'interrupts', onBar() { if (++bars === 5) globalThis.interruptBarometer(); } };
    `,
    );
  };

  it('stops cleanly: files are closed valid, the report is printed, exit code 130', async () => {
    const signals = new EventEmitter();
    const argv = [
      'replay',
      ticks(),
      '--bars',
      '1s',
      '--json',
      '--strategy',
      stuck(signals),
      '--out-bars',
      path('stopped.csv'),
    ];
    const { code, stdout } = await barometer(argv, { signals });
    expect(code).toBe(130);
    expect(reportOf(stdout).run.outcome).toBe('stopped');
    const lines = readFileSync(path('stopped.csv'), 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.slice(1).every((line) => line.endsWith(',true'))).toBe(true);
    expect(signals.eventNames()).toEqual([]);
  });

  it('of a second time exits at once, with nothing half-written', async () => {
    const signals = new EventEmitter();
    const exits: number[] = [];
    const exit = (code: number): void => void exits.push(code);
    const strategy = stuck(signals);
    const twice = (): void => {
      signals.emit('SIGINT');
      signals.emit('SIGTERM');
    };
    Object.assign(globalThis, { interruptBarometer: twice });
    await barometer(['replay', ticks(), '--strategy', strategy], { signals, exit });
    expect(exits).toEqual([130]);
  });

  it('before the run has begun stops it there, with a report', async () => {
    const signals = new EventEmitter();
    const ending = barometer(['replay', ticks(), '--quiet', '--json'], { signals });
    signals.on('newListener', (name) =>
      queueMicrotask(() => name === 'SIGTERM' && signals.emit('SIGTERM')),
    );
    const { code, stdout } = await ending;
    expect(code).toBe(143);
    expect(reportOf(stdout).run.outcome).toBe('stopped');
  });
});

it('leaves an earlier file as it was when a run fails', async () => {
  const out = file('earlier.csv', 'earlier');
  const { code } = await barometer(['replay', path('gone.csv'), '--out-bars', out]);
  expect(code).toBe(3);
  expect(readFileSync(out, 'utf8')).toBe('earlier');
  expect(existsSync(out)).toBe(true);
});
