import { barsOf, historyOf, itemsOf, recorded, said, S, ticksOf } from '../given';
import type { RowSource } from '../../../streams';

function derivedOf(source: RowSource, base: string, ...derive: string[]): string[] {
  const history = historyOf(base, derive);
  return barsOf(itemsOf([source], history), history)
    .filter(({ interval }) => interval !== base)
    .map(said);
}

test('a derived bar is first, greatest, least, last and sum of its base bars, and tells how many there were', () => {
  const source = ticksOf('A 0 5 x1', 'A 1 9 x2', 'A 1.5 1 x4', 'A 4 7 x8', 'A 5 0');
  expect(derivedOf(source, '1s', '5s')[0]).toBe('A 5s [0,5) 5 9 1 7 v15 n4 of 3');
});

test("the second symbol's last base bar is in its derived bar", () => {
  const source = ticksOf('A 0 1', 'B 0 1', 'A 4 2', 'B 4.9 2', 'A 5 3');
  expect(derivedOf(source, '1s', '5s').slice(0, 2)).toEqual([
    'A 5s [0,5) 1 2 1 2 v0 n2 of 2',
    'B 5s [0,5) 1 2 1 2 v0 n2 of 2',
  ]);
});

test('windows that end together close by symbol, then by length', () => {
  const source = ticksOf('B 0 1', 'A 0 1', 'B 6 1');
  expect(
    derivedOf(source, '1s', '2s', '6s').map((bar) => bar.split(' ').slice(0, 3).join(' ')),
  ).toEqual(['B 2s [0,2)', 'A 2s [0,2)', 'B 6s [0,6)', 'A 6s [0,6)', 'B 2s [6,8)', 'B 6s [6,12)']);
});

test('a window of which one base bar is unfinished, or that has not ended, is unfinished', () => {
  expect(derivedOf(ticksOf('A 0 1', 'A 3.5 2'), '1s', '4s', '10s')).toEqual([
    'A 4s [0,4) 1 2 1 2 v0 n2 open of 2',
    'A 10s [0,10) 1 2 1 2 v0 n2 open of 2',
  ]);
});

test('an empty window gives no bar, and a gap does not stretch one', () => {
  expect(derivedOf(ticksOf('A 0 1', 'A 23 2', 'A 25 3'), '1s', '5s').slice(0, 2)).toEqual([
    'A 5s [0,5) 1 1 1 1 v0 n1 of 1',
    'A 5s [20,25) 2 2 2 2 v0 n1 of 1',
  ]);
});

test('of ticks: the window is half-open, and its coverage is the number of ticks', () => {
  expect(derivedOf(ticksOf('A 0 5', 'A 0.5 6', 'A 0.99 4', 'A 1 9'), 'tick', '1s')[0]).toBe(
    'A 1s [0,1) 5 6 4 4 v0 n3 of 3',
  );
});

test('of recorded minutes', () => {
  const minutes = Array.from(
    { length: 11 },
    (_, minute) => ['A', minute * 60, minute, minute + 1, minute - 1, minute, 2] as const,
  );
  expect(derivedOf(recorded(minutes, 60 * S), '1m', '5m')).toEqual([
    'A 5m [0,300) 0 5 -1 4 v10 n5 of 5',
    'A 5m [300,600) 5 10 4 9 v10 n5 of 5',
    'A 5m [600,900) 10 11 9 10 v2 n1 open of 1',
  ]);
});

test('intervals need not be multiples of each other', () => {
  const seconds = Array.from({ length: 7 }, (_, second) => `A ${second} ${second}`);
  expect(
    derivedOf(ticksOf(...seconds), '1s', '2s', '3s').map((bar) =>
      bar.split(' ').slice(1, 3).join(' '),
    ),
  ).toEqual(['2s [0,2)', '3s [0,3)', '2s [2,4)', '2s [4,6)', '3s [3,6)', '2s [6,8)', '3s [6,9)']);
});
