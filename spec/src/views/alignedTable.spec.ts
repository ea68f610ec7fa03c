import { alignedTable } from '../../../src/views/alignedTable';

test('each column is as wide as its widest cell, and no line ends with blanks', () => {
  expect(
    alignedTable([
      ['run', 'state'],
      ['a', ''],
      ['longer', 'done'],
    ]).split('\n'),
  ).toEqual(['run     state', 'a', 'longer  done']);
});
