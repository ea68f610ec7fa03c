import crypto from 'node:crypto';
import fs, {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBarsFile, openOutputFile, openSignalsFile } from '../../../src/output';
import { csvField, csvLine, spreadsheetField } from '../../../src/output/csv';
import { openFiles } from '../../../streams';
import type { Bar } from '../../../streams';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'barometer output '));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('a field of CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
    [' padded', '" padded"'],
    ['', ''],
    [undefined, ''],
    [0.1, '0.1'],
    [1e-7, '1e-7'],
    [true, 'true'],
  ])('%j is written %j', (value, field) => {
    expect(csvField(value)).toBe(field);
  });

  it.each([
    ['=cmd|x', "'=cmd|x"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['=1,2', '"\'=1,2"'],
    ['\uff1d1', "'\uff1d1"],
    ['A=1', 'A=1'],
    [-1, '-1'],
  ])('%j is written %j for a spreadsheet', (value, field) => {
    expect(spreadsheetField(value)).toBe(field);
  });

  it('stands in a line', () => {
    expect(csvLine(['a', 1, undefined, 'b,c'])).toBe('a,1,,"b,c"\n');
  });
});

describe('a file that is written', () => {
  it('has its name only when it is whole', () => {
    const file = openOutputFile(join(folder, 'x.csv'));
    file.write('one\n');
    expect(readdirSync(folder)).not.toContain('x.csv');
    file.commit();
    expect(readdirSync(folder)).toEqual(['x.csv']);
    expect(read('x.csv')).toBe('one\n');
  });

  it('does not follow a link that somebody planted beside it, and has another name each time', () => {
    const files = [openOutputFile(join(folder, 'x.csv')), openOutputFile(join(folder, 'x.csv'))];
    const names = files.map(({ partial }) => partial);
    expect(new Set(names).size).toBe(2);
    for (const file of files) file.discard();
    symlinkSync(join(folder, 'victim'), names[0] ?? '');
    const random = jest.spyOn(crypto, 'randomBytes') as jest.SpyInstance;
    random.mockReturnValue(Buffer.from(names[0]?.split('.').at(-2) ?? '', 'hex'));
    expect(() => openOutputFile(join(folder, 'x.csv'))).toThrow(/cannot be written \(EEXIST\)/);
  });

  it('not complete, it leaves an older file alone', () => {
    const first = openOutputFile(join(folder, 'x.csv'));
    first.write('one');
    expect(first.commit({ isComplete: false })).toBe(join(folder, 'x.csv'));
    const second = openOutputFile(join(folder, 'x.csv'));
    second.write('two');
    expect(second.commit({ isComplete: false })).toBe(join(folder, 'x.interrupted.csv'));
    expect([read('x.csv'), read('x.interrupted.csv')]).toEqual(['one', 'two']);
  });

  it('takes the place of what a link will lead to', () => {
    symlinkSync(join(folder, 'later.csv'), join(folder, 'link.csv'));
    const file = openOutputFile(join(folder, 'link.csv'));
    file.write('later');
    file.commit();
    expect(read('later.csv')).toBe('later');
    expect(lstatSync(join(folder, 'link.csv')).isSymbolicLink()).toBe(true);
  });

  it('leaves nothing behind when it is discarded, and nothing happens to the one before it', () => {
    writeFileSync(join(folder, 'x.csv'), 'earlier');
    const file = openOutputFile(join(folder, 'x.csv'));
    file.write('later');
    file.discard();
    expect(readdirSync(folder)).toEqual(['x.csv']);
    expect(read('x.csv')).toBe('earlier');
  });

  it('is whole however much is written, and stays when discarded after that', () => {
    const file = openOutputFile(join(folder, 'x.csv'));
    const line = 'ä'.repeat(99) + '\n';
    for (let i = 0; i < 5_000; i += 1) file.write(line);
    file.commit();
    file.discard();
    expect(read('x.csv')).toBe(line.repeat(5_000));
  });

  it('takes the place of what a link leads to, not of the link', () => {
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real/x.csv'), 'earlier');
    symlinkSync(join(folder, 'real/x.csv'), join(folder, 'link.csv'));
    const file = openOutputFile(join(folder, 'link.csv'));
    file.write('later');
    file.commit();
    expect(read('real/x.csv')).toBe('later');
    expect(read('link.csv')).toBe('later');
  });

  it('listens to the end of the process no longer than it has to', () => {
    const before = process.listenerCount('exit');
    openOutputFile(join(folder, 'x.csv')).discard();
    openOutputFile(join(folder, 'y.csv')).commit();
    expect(process.listenerCount('exit')).toBe(before);
  });

  it.each([
    ['nowhere/x.csv', /there is no folder/],
    ['.', /is a folder/],
    [`${'x'.repeat(300)}.csv`, /cannot be written \(ENAMETOOLONG\)/],
  ])('cannot be %s', (name, message) => {
    expect(() => openOutputFile(join(folder, name))).toThrow(message);
  });

  it('cannot be a device', () => {
    expect(() => openOutputFile('/dev/null')).toThrow(/is no regular file/);
  });

  it('cannot be read-only', () => {
    writeFileSync(join(folder, 'x.csv'), 'earlier');
    // The superuser, who may be running this, may write whatever is read-only.
    jest.spyOn(fs, 'accessSync').mockImplementation(() => {
      throw Object.assign(new Error(), { code: 'EACCES' });
    });
    expect(() => openOutputFile(join(folder, 'x.csv'))).toThrow(/is read-only/);
    expect(readdirSync(folder)).toEqual(['x.csv']);
  });
});

describe('rows', () => {
  const bar: Bar = {
    symbol: 'A "x", B',
    interval: '1m',
    start: 1_700_000_040_000_000,
    end: 1_700_000_100_000_000,
    open: 1.1,
    high: 2,
    low: 0.30000000000000004,
    close: 1e-7,
    volume: 12,
    count: 3,
    complete: false,
  };

  it('of bars', async () => {
    const file = openBarsFile(join(folder, 'bars.CSV'));
    file.write(bar);
    await file.commit();
    expect(read('bars.CSV')).toBe(
      'symbol,interval,start,end,open,high,low,close,volume,count,complete\n' +
        '"A ""x"", B",1m,1700000040000000,1700000100000000,1.1,2,0.30000000000000004,1e-7,12,3,false\n',
    );
  });

  it('of bars of a live feed, with how many rows they lack', async () => {
    const file = openBarsFile(join(folder, 'live.csv'), { isLive: true });
    file.write({ ...bar, symbol: 'A' });
    file.write({ ...bar, symbol: 'B', complete: true, gap: 7 });
    await file.commit();
    const [head, ...lines] = read('live.csv').trimEnd().split('\n');
    expect(head).toBe('symbol,interval,start,end,open,high,low,close,volume,count,complete,gap');
    expect(lines.map((line) => line.split(',').slice(-2))).toEqual([
      ['false', '0'],
      ['true', '7'],
    ]);
    const [source] = await openFiles([join(folder, 'live.csv')]);
    expect(source?.format).toBe('barometer-bars');
  });

  it('of no bars are a valid Parquet file, beside which nothing is left', async () => {
    const file = openBarsFile(join(folder, 'bars.parquet'));
    await file.commit();
    expect(readdirSync(folder)).toEqual(['bars.parquet']);
    const text = readFileSync(join(folder, 'bars.parquet'), 'latin1');
    expect([text.slice(0, 4), text.slice(-4)]).toEqual(['PAR1', 'PAR1']);
  });

  it('of signals', async () => {
    const file = openSignalsFile(join(folder, 'signals.csv'));
    const signal = { strategy: 'mine', symbol: 'A', interval: '1m', time: 5, side: 'buy' } as const;
    file.write(signal);
    file.write({ ...signal, strength: 0.5, note: 'a,\nb' });
    await file.commit();
    expect(read('signals.csv')).toBe(
      'time,strategy,symbol,interval,side,strength,note\n5,mine,A,1m,buy,,\n5,mine,A,1m,buy,0.5,"a,\nb"\n',
    );
  });
});
