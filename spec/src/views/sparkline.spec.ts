import { bar, sparkline } from '../../../src/views/sparkline';

describe('sparkline', () => {
  it.each([
    [[0, 0.5, 1], 3, '▁▅█'],
    [[0, 0.5, 1], 5, '  ▁▅█'],
    [[0, 0, 0.99, 1], 2, '██'],
    [[-1, 7], 2, '▁█'],
    [[], 2, '  '],
    [[1], 0, ''],
  ])('draws %j in %d columns as %j', (values, width, line) => {
    expect(sparkline(values, width, 1)).toBe(line);
  });
});

describe('bar', () => {
  it.each([
    [0, 4, '    '],
    [0.5, 4, '██  '],
    [1, 4, '████'],
    [0.53, 4, '██▏ '],
    [2, 2, '██'],
    [0.5, 0, ''],
  ])('draws a share of %d in %d columns as %j', (share, width, line) => {
    expect(bar(share, width)).toBe(line);
  });
});
