import { appendAll, largestOf, smallestOf } from '../../../operators/kernel/extremes';

const MANY = 1_000_000;
const many = (): number[] => Array.from({ length: MANY }, (_, index) => index);

test('a million values are no more than one', () => {
  expect([largestOf(many()), smallestOf(many())]).toEqual([MANY - 1, 0]);
  expect([largestOf([7]), smallestOf(new Set([7]))]).toEqual([7, 7]);
});

test('none, and what is no number, are as for Math.max and Math.min', () => {
  expect([largestOf([]), smallestOf([])]).toEqual([Math.max(), Math.min()]);
  expect([largestOf([1, NaN, 2]), smallestOf([1, NaN, 2])]).toEqual([NaN, NaN]);
});

test('a million entries are appended in order', () => {
  const list = [-1];
  appendAll(list, many());
  expect([list.length, list[0], list.at(-1)]).toEqual([MANY + 1, -1, MANY - 1]);
});
