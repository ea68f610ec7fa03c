import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as arrow from 'apache-arrow';
import { describeWithSharedData, sharedData } from '../../support/sharedData';
import { barometer, folder, TICKS } from './barometer';

const { path, file } = folder();
const ticks = (): string => file('ticks of a day.csv', TICKS);

/** Bars of one length that a replay writes, without how many rows they were made of. */
async function barsOf(input: string, length: string): Promise<string[]> {
  const out = path('replayed.csv');
  const argv = ['replay', input, '--bars', length, '--mode', 'data', '--out-bars', out, '--quiet'];
  const { code, stderr } = await barometer([...argv, '--journal', 'none']);
  expect([code, stderr]).toEqual([0, '']);
  return readFileSync(out, 'utf8')
    .split('\n')
    .map((line) => line.split(',').slice(0, 9).join(','));
}

describe.each(['csv', 'parquet', 'arrow'])('to .%s', (ending) => {
  it('bars, replayed, are the same bars', async () => {
    const out = path(`bars.${ending}`);
    const argv = ['convert', ticks(), '--bars', '5m,1m', '--out', out];
    expect(await barometer(argv)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await barsOf(out, '1m')).toEqual(await barsOf(ticks(), '1m'));
    expect(await barsOf(out, '5m')).toEqual(await barsOf(ticks(), '5m'));
  });

  it('ticks, replayed, are the same bars', async () => {
    const out = path(`ticks.${ending}`);
    expect((await barometer(['convert', ticks(), '--ticks', '--out', out])).code).toBe(0);
    expect(await barsOf(out, '1m')).toEqual(await barsOf(ticks(), '1m'));
    expect(await barsOf(out, '1s')).toEqual(await barsOf(ticks(), '1s'));
  });
});

it('others can read what is written: CSV', async () => {
  const out = path('short.csv');
  const input = file('short.csv.in', 'time,symbol,price,size\n1,"A,B",0.1,2\n61,C,-7e-9,0\n');
  expect((await barometer(['convert', input, '--unit', 's', '--ticks', '--out', out])).code).toBe(
    0,
  );
  expect(readFileSync(out, 'utf8')).toBe(
    'time,symbol,price,size\n1000000,"A,B",0.1,2\n61000000,C,-7e-9,0\n',
  );
  expect(
    (await barometer(['convert', input, '--unit', 's', '--bars', '1m', '--out', out])).code,
  ).toBe(0);
  expect(readFileSync(out, 'utf8').split('\n')[1]).toBe(
    '"A,B",1m,0,60000000,0.1,0.1,0.1,0.1,2,1,true',
  );
});

it('others can read what is written: Arrow', async () => {
  const out = path('bars.arrow');
  expect((await barometer(['convert', ticks(), '--bars', '1m', '--out', out])).code).toBe(0);
  const table = arrow.tableFromIPC(readFileSync(out));
  expect(
    table.schema.fields.map((field) => `${field.name} ${String(field.type as unknown)}`),
  ).toEqual([
    'symbol Utf8',
    'interval Utf8',
    'start Int64',
    'end Int64',
    'open Float64',
    'high Float64',
    'low Float64',
    'close Float64',
    'volume Float64',
    'count Int64',
    'complete Bool',
  ]);
  expect(table.numRows).toBe(20);
  expect(table.get(0)?.toJSON()).toMatchObject({ interval: '1m', complete: true });
});

it('merges files by time, and says what was put in order or skipped', async () => {
  const first = file('first.csv', 'ts,symbol,price\n3,A,1\n1,A,2\n2,A,x\n');
  const second = file('second.csv', 'ts,symbol,price\n2,B,3\n');
  const out = path('merged.csv');
  const argv = [
    'convert',
    first,
    second,
    '--unit',
    's',
    '--ticks',
    '--bad-rows',
    'skip',
    '--out',
    out,
  ];
  const { code, stderr } = await barometer(argv);
  expect(code).toBe(0);
  expect(readFileSync(out, 'utf8')).toBe(
    'time,symbol,price,size\n1000000,A,2,0\n2000000,B,3,0\n3000000,A,1,0\n',
  );
  expect(stderr).toContain('first.csv: 1 bad rows were skipped\n');
  expect(stderr).toContain('first.csv: 1 rows were put in order\n');
});

it.each<[string, readonly string[], number, RegExp]>([
  ['nothing to write', ['--out', 'x.csv'], 2, /either --bars, .* or --ticks/],
  ['both', ['--ticks', '--bars', '1m', '--out', 'x.csv'], 2, /either --bars, .* or --ticks/],
  ['nowhere to write', ['--ticks'], 2, /--out/],
  [
    'an ending that is none',
    ['--ticks', '--out', 'x.xls'],
    2,
    /Let it end in \.csv or \.parquet, or \.arrow/,
  ],
  ['no multiples', ['--bars', '2m,3m', '--out', 'x.csv'], 2, /--bars 2m,3m: all must be multiples/],
  ['no interval', ['--bars', 'soon', '--out', 'x.csv'], 2, /--bars is 'soon', but must be tick/],
])('refuses %s', async (_, options, expected, message) => {
  const { code, stderr } = await barometer(['convert', ticks(), ...options]);
  expect(code).toBe(expected);
  expect(stderr).toMatch(message);
});

it('refuses to write over what it reads, and ticks of bars', async () => {
  const input = ticks();
  const over = await barometer(['convert', input, '--ticks', '--out', input]);
  expect([over.code, readFileSync(input, 'utf8') === TICKS]).toEqual([2, true]);
  const bars = file('minutes.csv', 'ts,symbol,open,high,low,close\n60,A,1,1,1,1\n120,A,1,1,1,1\n');
  const { code, stderr } = await barometer([
    'convert',
    bars,
    '--unit',
    's',
    '--ticks',
    '--out',
    path('x.csv'),
  ]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/has bars of 1m; use --bars 1m/);
});

it('leaves nothing behind where a row is bad', async () => {
  const bad = file('bad.csv', 'ts,symbol,price\n1,A,1\n2,A,x\n');
  const out = path('never.parquet');
  const { code, stderr } = await barometer([
    'convert',
    bad,
    '--unit',
    's',
    '--ticks',
    '--out',
    out,
  ]);
  expect(code).toBe(3);
  expect(stderr).toMatch(/bad\.csv:3: the row has the price "x"/);
  expect(existsSync(out)).toBe(false);
  expect(readdirSync(path('.')).filter((name) => name.includes('partial'))).toEqual([]);
});

describeWithSharedData('recorded files, converted', () => {
  it.each([
    ['databento/futures_mbp-1_2024-07-01T23-58_2024-07-02T00-02.dbn.zst', '1s'],
    ['binance-recorded/btcusdt_20240808.gz', '1s'],
    ['databento/futures_ohlcv-1m_2024-07-01T23-40_2024-07-02T00-10.dbn.zst', '5m'],
  ])('%s, converted and replayed, gives the same bars', async (name, length) => {
    const input = sharedData(name);
    const out = path('recorded.arrow');
    expect((await barometer(['convert', input, '--bars', length, '--out', out])).code).toBe(0);
    expect(await barsOf(out, length)).toEqual(await barsOf(input, length));
  });
});
