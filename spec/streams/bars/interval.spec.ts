import { OptionError } from '../../../operators';
import { intervalName, parseDerived, parseInterval } from '../../../streams';
import { windowsOf } from '../../../streams/bars/calendar';
import { M, S } from '../given';

test.each([
  ['tick', 0],
  ['250ms', 250_000],
  ['1s', S],
  ['90s', 90 * S],
  ['5m', 5 * M],
  ['1h', 60 * M],
  ['1d', 1_440 * M],
  ['1w', 7 * 1_440 * M],
  ['3mo', 3 * 2_629_746 * S],
])('%s is %d microseconds long', (name, length) => {
  expect(parseInterval(name)).toEqual({ name, length });
  expect(parseInterval(intervalName(length)).length).toBe(length);
});

test.each(['', '5', 'm', '0m', '-1m', '1.5m', '1 m', '5M', '1y', '1ticks', '9999999m'])(
  '"%s" is no interval, and the error says what would be',
  (name) => {
    expect(() => parseInterval(name, 'bars')).toThrow(OptionError);
    expect(() => parseInterval(name, 'bars')).toThrow(/^bars is .*such as 30s, 5m or 1h/);
  },
);

test.each([
  [90 * S, '90s'],
  [5 * M, '5m'],
  [1_440 * M, '1d'],
  [7, '7us'],
])('%d µs are called %s', (length, name) => {
  expect(intervalName(length)).toBe(name);
});

describe('derived intervals', () => {
  const names = (derive: readonly string[], base: string): string[] =>
    parseDerived(derive, parseInterval(base)).map(({ name }) => name);

  test('come shortest first, each once', () => {
    expect(names(['1h', '5m', '15m', '5m'], '1m')).toEqual(['5m', '15m', '1h']);
  });

  test('need not be multiples of each other', () => {
    expect(names(['3m', '2m'], '1m')).toEqual(['2m', '3m']);
  });

  test('of ticks may have any length', () => {
    expect(names(['5s', '250ms'], 'tick')).toEqual(['250ms', '5s']);
  });

  test.each([
    ['1m', '1m'],
    ['30s', '1m'],
    ['90s', '1m'],
    ['tick', '1m'],
    ['tick', 'tick'],
  ])('%s is no multiple of %s', (derived, base) => {
    expect(() => names([derived], base)).toThrow(
      `derive is '${derived}', but must be a multiple of the base interval ${base}`,
    );
  });
});

test.each([
  [0, 5, 5],
  [4, 5, 5],
  [5, 5, 10],
  [-1, 5, 0],
  [-5, 5, 0],
])('the window of %d, %d long and aligned to the epoch, ends at %d', (time, length, end) => {
  expect(windowsOf({ name: 'any', length })(time)).toEqual({
    start: end - length,
    end,
    isOpen: true,
  });
});
