import { Appearances } from '../../../streams/bars/appearances';

const appearances = new Appearances();
appearances.add('B', 1);
appearances.add('A', 2);
appearances.add('C', 7);

test.each([
  [0, []],
  [1, ['B']],
  [6, ['B', 'A']],
  [7, ['B', 'A', 'C']],
  [Infinity, ['B', 'A', 'C']],
])('up to base row %d, symbols are seen in order of appearance', (base, expected) => {
  expect(appearances.upTo(base)).toEqual(expected);
  // Asked for again, the list is the same one.
  expect(appearances.upTo(base)).toBe(appearances.upTo(base));
});
