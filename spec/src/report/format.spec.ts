import { grouped } from '../../../src/report/format';

describe('grouped: only the digits before a point', () => {
  it.each<[string | number | bigint, string]>([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    ['12345', '12,345'],
    [9_223_372_036_854_775_807n, '9,223,372,036,854,775,807'],
    [-123, '-123'],
    [-123_456, '-123,456'],
    [0.1234, '0.1234'],
    [0.123456, '0.123456'],
    [1234.5678, '1,234.5678'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [Infinity, 'Infinity'],
  ])('%p → %s', (count, text) => {
    expect(grouped(count)).toBe(text);
  });
});
