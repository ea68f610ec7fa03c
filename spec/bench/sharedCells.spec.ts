import {
  appendTo,
  countCell,
  countIn,
  countNotReady,
  listCell,
  listIn,
} from '../../bench/src/threads/sharedCells';

it('a cell counts those that were not ready', () => {
  const cell = countCell();
  const count = countNotReady(cell);
  for (const isReady of [true, false, false, true]) count(isReady);
  expect(countIn(cell)).toBe(2);
});

it('a list has what was appended, in order, and no more room than it was given', () => {
  const list = listCell(3);
  const append = appendTo(list);
  expect(listIn(list)).toEqual([]);
  for (const value of [2.5, 0, -1]) append(value);
  expect(listIn(list)).toEqual([2.5, 0, -1]);
  expect(() => {
    append(4);
  }).toThrow('room for 3');
});
