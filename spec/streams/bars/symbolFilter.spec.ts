import fc from 'fast-check';
import { Feed } from '../../../streams';
import type { Item } from '../../../streams';
import { fromBars, fromTicks } from '../../../streams/sources';
import { brief, historyOf, S } from '../given';

const NAMES = ['A', 'B', 'C', 'D'];

const chunks = (feed: Feed): readonly Item[] =>
  [...(feed.chunks() as Iterable<readonly Item[]>)].flat();

const rows = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.nat(3)), { maxLength: 60 });
const chosen = fc.uniqueArray(fc.constantFrom(...NAMES, 'NOSUCH'), { minLength: 1 });

test('chosen symbols are what a source without the others would give', () => {
  fc.assert(
    fc.property(rows, chosen, (market, symbols) => {
      let time = 0;
      const ticks = market.map(([symbol, gap], row) => {
        time += gap * S;
        return { symbol, time, price: row, size: row + 1 };
      });
      const filtered = new Feed([fromTicks(ticks)], historyOf('2s', ['4s']), { symbols });
      const alone = new Feed(
        [fromTicks(ticks.filter(({ symbol }) => symbols.includes(symbol)))],
        historyOf('2s', ['4s']),
      );
      expect(chunks(filtered).map(brief)).toEqual(chunks(alone).map(brief));
      expect(filtered.counts()).toEqual(alone.counts());
    }),
  );
});

test('recorded bars keep their prices and counts', () => {
  const bar = (symbol: string, start: number) => ({
    ...{ symbol, interval: '1s', start: start * S, end: (start + 1) * S, complete: true },
    ...{ open: 1, high: 4, low: 0.5, close: 2, volume: 7, count: 1 },
  });
  const source = fromBars([bar('A', 0), bar('B', 0), bar('A', 1)], { interval: S });
  const items = chunks(new Feed([source], historyOf('1s'), { symbols: ['B'] }));
  expect(items.flatMap(({ bar: made }) => (made === undefined ? [] : [made]))).toMatchObject([
    { symbol: 'B', open: 1, high: 4, low: 0.5, close: 2, volume: 7, count: 1 },
  ]);
});
