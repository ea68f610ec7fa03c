import { parseSplit, partsOf } from '../../../src/cluster';

const at = (text: string): number => Date.parse(text) * 1_000;
const survey = {
  symbols: ['A', 'B', 'C'],
  first: at('2024-01-02T10:00:00Z'),
  last: at('2024-01-04T00:00:00Z'),
};

test('by file: each is a part', () => {
  expect(partsOf('file', ['a.csv', 'b.csv'], survey, {})).toEqual([
    { name: 'a.csv', files: ['a.csv'] },
    { name: 'b.csv', files: ['b.csv'] },
  ]);
});

test('by day: days of UTC, the first and the last of them too', () => {
  expect(partsOf('day', ['a.csv'], survey, {})).toMatchObject([
    { name: '2024-01-02', from: at('2024-01-02'), to: at('2024-01-03') },
    { name: '2024-01-03', from: at('2024-01-03'), to: at('2024-01-04') },
    { name: '2024-01-04', from: at('2024-01-04'), to: at('2024-01-05') },
  ]);
});

test('by day: no part goes beyond the session', () => {
  const session = { from: at('2024-01-02T12:00:00Z'), to: at('2024-01-02T15:00:00Z') };
  const within = { ...survey, first: session.from, last: session.to - 1 };
  expect(partsOf('day', ['a.csv'], within, session)).toMatchObject([
    { name: '2024-01-02', ...session },
  ]);
});

test('by symbol: all parts begin and end together', () => {
  const { first, last } = survey;
  expect(partsOf('symbol', ['a.csv'], survey, {})).toEqual(
    ['A', 'B', 'C'].map((name) => ({
      ...{ name, files: ['a.csv'], symbols: [name], from: first, to: last + 1 },
    })),
  );
});

test('by groups of symbols: the last may be smaller', () => {
  const parts = partsOf({ group: 2 }, ['a.csv'], survey, {});
  expect(parts.map(({ name, symbols }) => [name, symbols])).toEqual([
    ['A+1', ['A', 'B']],
    ['C', ['C']],
  ]);
});

test.each([
  ['file', 'file'],
  ['day', 'day'],
  ['symbol', 'symbol'],
  ['group:50', { group: 50 }],
])('%s is understood', (text, split) => {
  expect(parseSplit(text)).toEqual(split);
});

test.each(['', 'week', 'group', 'group:0', 'group:x'])('"%s" is refused', (text) => {
  expect(() => parseSplit(text)).toThrow('file, day, symbol or group:N');
});
