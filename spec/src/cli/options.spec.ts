import { decimalOf } from '../../../src/decimal';
import { barometer } from './barometer';
import { parseTime } from '../../../src/cli/options/time';
import { readReplayOptions } from '../../../src/cli/commands/replayOptions';
import { parsePairs } from '../../../src/strategies/pairs';

describe('a time', () => {
  const noon = Date.UTC(2024, 7, 8, 12) * 1000;
  it.each([
    ['2024-08-08T12:00:00Z', noon],
    ['2024-08-08T12:00:00', noon],
    ['2024-08-08 12:00', noon],
    ['2024-08-08T14:00:00+02:00', noon],
    ['2024-08-08T14:00:00+0200', noon],
    ['2024-08-08T07:30:00-04:30', noon],
    ['2024-08-08', noon - 12 * 3_600_000_000],
    ['2024-08-08T12:00:00.000001Z', noon + 1],
    ['2024-08-08T12:00:00.25', noon + 250_000],
    ['2024-08-08T12:00:00.123456789', noon + 123_456],
    ['1723118400', noon],
    ['1723118400.5', noon + 500_000],
    ['1723118400000', noon],
    ['1723118400000000', noon],
    ['1723118400000000000', noon],
    ['0', 0],
    ['2025', Date.UTC(2025, 0, 1) * 1000],
    ['1970', 0],
  ])('%s', (text, micros) => {
    expect(parseTime(text)).toBe(micros);
  });

  it.each([
    '',
    'noon',
    '12:00',
    '20240808',
    '2024-02-30',
    '2024-13-01',
    '2024-08-08T25:00',
    '2024-8-8',
    '1e9',
  ])('%j is none', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });
});

describe('a number', () => {
  it.each([
    ['1', 1],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['1e3', 1000],
    [' 240 ', 240],
    ['-1', -1],
  ])('%j', (text, value) => {
    expect(decimalOf(text)).toBe(value);
  });

  it.each(['', '0x10', '0b1', '1_000', '1,5', 'Infinity', 'NaN', '1e', '--1', '١'])(
    '%j is none',
    (text) => {
      expect(decimalOf(text)).toBeNaN();
    },
  );

  it.each([
    ['replay', '--speed', '0x10'],
    ['capacity', '--speeds', '1,0x10'],
    ['replay', '--speed', '1_0'],
  ])('of %s %s is refused as %s', async (command, name, value) => {
    const { code, stderr } = await barometer([command, 'ticks.csv', name, value]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${name} ${value}: must be`)]);
  });
});

describe('a width of windows', () => {
  it.each(['7m', '0', '', '1m,5m', 'minute'])(
    'that is %j is refused, with those that there are',
    async (width) => {
      const { code, stderr } = await barometer(['replay', 'ticks.csv', '--windows', width]);
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining(
          `windows is '${width}', but must be one of 1s, 10s, 1m, 5m, 15m, 1h, 4h, 12h, 1d`,
        ),
      ]);
    },
  );
});

describe('pairs', () => {
  it.each([
    ['a=1', { a: '1' }],
    ['a=1,b=x y', { a: '1', b: 'x y' }],
    ['symbols=A,B,us=5', { symbols: 'A,B', us: '5' }],
    ['note=a=b', { note: 'a=b' }],
    [' a = 1 , b = 2 ', { a: '1', b: '2' }],
  ])('%j', (text, pairs) => {
    expect(parsePairs(text)).toEqual(pairs);
  });

  it.each([
    ['a', /"a" is not written as key=value/],
    ['', /is not written as key=value/],
    ['=1', /is not written as key=value/],
    ['a=', /"a" has no value/],
    ['a=1,a=2', /"a" is said twice/],
  ])('%j', (text, message) => {
    expect(() => parsePairs(text)).toThrow(message);
  });
});

describe('the options of replay', () => {
  it('become the options of a run and of its files', () => {
    const read = readReplayOptions({
      bars: '1s',
      derive: ['5s,1m', '1h'],
      mode: 'data',
      speed: '0.5',
      time: 'wall',
      from: '2024-08-08',
      to: '2024-08-09',
      columns: 'time=stamp,price=last price',
      symbol: 'ACME',
      price: 'bid',
      barTime: 'end',
      badRows: 'skip',
      inbox: '64',
      overflow: 'drop-oldest',
      warnEvery: '10,5',
      timings: 'off',
      strict: true,
      strategy: ['busy', './mine.ts'],
      outBars: 'b.csv',
      json: true,
    });
    const session = { from: Date.UTC(2024, 7, 8) * 1000, to: Date.UTC(2024, 7, 9) * 1000 };
    expect(read).toMatchObject({
      run: {
        ...session,
        bars: '1s',
        derive: ['5s', '1m', '1h'],
        mode: 'data',
        speed: 0.5,
        time: 'wall',
        inbox: 64,
        overflow: 'dropOldest',
        timings: false,
        strict: true,
      },
      files: {
        ...session,
        columns: { time: 'stamp', price: 'last price' },
        symbol: 'ACME',
        price: 'bid',
        barTime: 'end',
        badRows: 'skip',
        bars: 1_000_000,
      },
      strategies: ['busy', './mine.ts'],
      outBars: 'b.csv',
      outSignals: undefined,
      warnEvery: [10, 5],
      json: true,
      quiet: false,
    });
  });

  it('are left to the library where they are not given', () => {
    expect(readReplayOptions({})).toMatchObject({ run: {}, files: {}, strategies: [] });
    expect(Object.keys(readReplayOptions({}).run)).toEqual([]);
  });

  it.each([
    ['drop-latest', 'dropLatest'],
    ['conflate', 'conflate'],
    ['error', 'error'],
  ])('overflow %s', (overflow, policy) => {
    expect(readReplayOptions({ overflow }).run.overflow).toBe(policy);
  });

  it.each([
    ['1000', [1000, 1000]],
    ['0', [0, 0]],
    ['20, 10', [20, 10]],
  ])('a warning every %s events', (warnEvery, steps) => {
    expect(readReplayOptions({ warnEvery }).warnEvery).toEqual(steps);
  });
});
