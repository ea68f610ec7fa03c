import { strategySets } from '../../../src/cluster';

const setsOf = (...texts: string[]) => strategySets(texts).map((set) => set.join(' '));

test.each([
  ['nothing', [], ['']],
  ['a name', ['sma-cross'], ['sma-cross']],
  ['one value', ['sma-cross:fast=5'], ['sma-cross:fast=5']],
  ['several values', ['sma-cross:fast=5|8'], ['sma-cross:fast=5', 'sma-cross:fast=8']],
  ['a range, both ends included', ['m:n=5..7'], ['m:n=5', 'm:n=6', 'm:n=7']],
  ['a range with a step', ['m:n=5..20/5'], ['m:n=5', 'm:n=10', 'm:n=15', 'm:n=20']],
  ['a range that the step does not end on', ['m:n=1..6/2'], ['m:n=1', 'm:n=3', 'm:n=5']],
  ['decimals, exactly', ['m:n=0.1..0.3/0.1'], ['m:n=0.1', 'm:n=0.2', 'm:n=0.3']],
  ['downwards', ['m:n=3..1/-1'], ['m:n=3', 'm:n=2', 'm:n=1']],
  ['ranges and values', ['m:n=1..2|9'], ['m:n=1', 'm:n=2', 'm:n=9']],
  [
    'every combination',
    ['./mine.ts:fast=5..10/5,slow=30|60'],
    [
      './mine.ts:fast=5,slow=30',
      './mine.ts:fast=5,slow=60',
      './mine.ts:fast=10,slow=30',
      './mine.ts:fast=10,slow=60',
    ],
  ],
  ['of several strategies', ['a:n=1|2', 'b'], ['a:n=1 b', 'a:n=2 b']],
  ['a list of symbols, which is no grid', ['m:symbols=A,B'], ['m:symbols=A,B']],
])('%s', (_, texts, sets) => {
  expect(setsOf(...texts)).toEqual(sets);
});

test.each(['m:n=5..1', 'm:n=1..5/0', 'm:n=1..5/-1', 'm:n=0..1000000'])(
  '%s has no end that anybody would wait for',
  (text) => {
    expect(() => setsOf(text)).toThrow('a range that ends');
  },
);

test('more combinations than anybody would run are refused', () => {
  expect(() => setsOf('m:a=1..1000,b=1..1000')).toThrow('1000000 combinations');
});
