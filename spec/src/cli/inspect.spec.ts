import { gzipSync } from 'node:zlib';
import type { Inspection } from '../../../src/inspect';
import { formats } from '../../../streams/sources';
import { describeWithSharedData, sharedData } from '../../support/sharedData';
import { barometer, folder } from './barometer';

const { path, file } = folder();

const inspected = (stdout: string): Inspection[] => JSON.parse(stdout) as Inspection[];

/** Twelve ticks: three in one 10 ms window, two of one time, one out of order, three that are none. */
const TICKS = [
  'ts,symbol,price,size',
  '1723161255000000,A,10,1',
  '1723161255001000,B,11,1',
  '1723161255001000,A,12,1',
  '1723161256500000,A,13,1',
  '1723161256400000,A,14,1',
  '1723161256600000,A,ten,1',
  '1723161256700000,A,-,1',
  '1723161256800000,A,15',
  '1723161260000000,B,16,1',
  '',
].join('\n');

it('prints one object a file, in an array', async () => {
  const ticks = file('ticks.csv', TICKS);
  const bars = file(
    'bars of X.csv.gz',
    gzipSync(
      'ts,open,high,low,close\n1723161240,1,1,1,1\n1723161300,1,1,1,1\n1723161480,1,1,1,1\n',
    ),
  );
  const { code, stdout, stderr } = await barometer([
    'inspect',
    ticks,
    bars,
    '--symbol',
    'X',
    '--json',
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(inspected(stdout)).toEqual([
    {
      file: ticks,
      format: 'named',
      evidence: 'columns named ts, symbol, price, size',
      interval: 'tick',
      rows: 6,
      skipped: {},
      symbols: ['A', 'B'],
      rowsBySymbol: { A: 4, B: 2 },
      first: '2024-08-08T23:54:15.000000Z',
      last: '2024-08-08T23:54:20.000000Z',
      busiestSecond: { from: '2024-08-08T23:54:15.000000Z', rows: 3 },
      busiest10ms: { from: '2024-08-08T23:54:15.000000Z', rows: 3 },
      gaps: [
        { from: '2024-08-08T23:54:16.500000Z', to: '2024-08-08T23:54:20.000000Z', seconds: 3.5 },
        { from: '2024-08-08T23:54:15.001000Z', to: '2024-08-08T23:54:16.400000Z', seconds: 1.399 },
        { from: '2024-08-08T23:54:16.400000Z', to: '2024-08-08T23:54:16.500000Z', seconds: 0.1 },
      ],
      missingBars: 0,
      outOfOrder: 1,
      equalTimes: 1,
      oneSided: 0,
      badRows: 3,
      badRowsAt: [
        { line: 7, wrong: 'has the price "ten", which is no number' },
        { line: 8, wrong: 'has the price "-", which is no number' },
        { line: 9, wrong: 'has 3 fields instead of 4' },
      ],
      replay: `barometer replay '${ticks}' --symbol X --bad-rows skip --bars 1m`,
    },
    expect.objectContaining({
      file: bars,
      interval: '1m',
      rows: 3,
      missingBars: 2,
      gaps: [
        { from: '2024-08-08T23:55:00.000000Z', to: '2024-08-08T23:58:00.000000Z', seconds: 180 },
      ],
    }),
  ]);
});

it('says the same to people', async () => {
  const { code, stdout } = await barometer(['inspect', file('ticks.csv', TICKS)]);
  expect(code).toBe(0);
  expect(stdout).toContain(
    'ticks.csv\n  format      named: columns named ts, symbol, price, size\n',
  );
  expect(stdout).toContain('  rows        6 ticks\n  symbols     2: A (4), B (2)\n');
  expect(stdout).toContain('  busiest     3 rows in the second from 2024-08-08T23:54:15.000000Z; ');
  expect(stdout).toContain('longest 3.5 s from 2024-08-08T23:54:16.500000Z, ');
  expect(stdout).toContain(
    '  order       1 rows out of order, 1 with the time of the row before\n',
  );
  expect(stdout).toContain('  bad rows    3\n              line 7: has the price "ten"');
  expect(stdout).not.toContain('\u001b');
});

it('names a file that cannot be read, and inspects the others all the same', async () => {
  const good = file('ticks.csv', TICKS);
  const argv = ['inspect', path('nowhere.csv'), good, '--json'];
  const { code, stdout, stderr } = await barometer(argv);
  expect(code).toBe(3);
  expect(stderr).toContain('nowhere.csv: there is no such file');
  expect(inspected(stdout).map((each) => each.file)).toEqual([good]);
});

it.each([
  [['--format', 'binance'], 2, /there is no format "binance"/],
  [['--format', 'dbn'], 3, /does not look like dbn/],
  [['--clock', 'wall'], 2, /--clock wall: must be receive or exchange/],
  [['--zone', 'Mars'], 2, /--zone Mars: must be a time zone, such as America\/New_York/],
  [['--from', '2024-08-09', '--to', '2024-08-08'], 2, /--to 2024-08-08: must be later/],
])('refuses %j', async (options, expected, message) => {
  const local = file('local.csv', 'time,price\n2024-08-08 09:30:00,1\n');
  const { code, stderr } = await barometer(['inspect', local, '--symbol', 'X', ...options]);
  expect(code).toBe(expected);
  expect(stderr).toMatch(message);
});

describe('formats', () => {
  it('lists every format with its clock and its traps', async () => {
    const { code, stdout } = await barometer(['formats']);
    expect(code).toBe(0);
    for (const { name, title, clock, traps } of formats) {
      expect(stdout).toContain(`${name}: ${title}\n  time: ${clock}\n`);
      for (const trap of traps) expect(stdout).toContain(`  - ${trap}\n`);
    }
  });

  it('prints a JSON array', async () => {
    const { stdout } = await barometer(['formats', '--json']);
    const listed = JSON.parse(stdout) as { name: string }[];
    expect(listed.map(({ name }) => name)).toEqual(formats.map(({ name }) => name));
  });
});

describeWithSharedData('recorded files, inspected', () => {
  it('counts the frames of every kind, and the worst 10 ms', async () => {
    const recorded = sharedData('binance-recorded/btcusdt_20240808.gz');
    const { stdout } = await barometer(['inspect', recorded, '--json']);
    expect(inspected(stdout)).toMatchObject([
      {
        format: 'binance-frames',
        rows: 9757,
        quotes: 28_040,
        skipped: { depthUpdate: 3451, snapshot: 1 },
        symbols: ['BTCUSDT'],
        first: '2024-08-08T23:54:14.087896Z',
        last: '2024-08-08T23:59:59.997948Z',
        busiest10ms: { rows: 520 },
      },
    ]);
  });
});

it.each([
  ['--thousands', '"4,801.25"'],
  ['--decimal', '"4801,25"'],
])(
  'a file of which no row can be read ends with the command that reads it, by %s',
  async (name, price) => {
    const row = (second: number): string => `2024-01-02T10:00:0${second}Z,A,${price},1`;
    const ticks = file('dialect.csv', ['time,symbol,price,size', row(1), row(2), ''].join('\n'));
    const { stdout } = await barometer(['inspect', ticks]);
    const command = stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(command).toBe(`  replay      barometer replay '${ticks}' ${name} , --bars 1m`);
    const [, , ...words] = command.trim().split(' ').slice(1);
    const argv = ['replay', ticks, ...words.slice(words.indexOf(name))];
    expect((await barometer([...argv, '--quiet', '--journal', 'none'])).code).toBe(0);
  },
);
