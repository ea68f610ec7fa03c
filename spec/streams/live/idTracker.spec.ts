import * as fc from 'fast-check';
import { IdTracker } from '../../../streams/live/idTracker';

describe('IdTracker', () => {
  test('names what is missing', () => {
    const ids = new IdTracker();
    expect(['A', 'A', 'A'].map((symbol, i) => ids.judge(symbol, [7, 8, 12][i] as number))).toEqual([
      { kind: 'new' },
      { kind: 'new' },
      { kind: 'gap', missing: 3, from: 9, to: 11 },
    ]);
  });

  test('goes on from the ids of a history', () => {
    const ids = new IdTracker();
    ids.setLast('A', 100);
    expect([99, 100, 102].map((id) => ids.judge('A', id).kind)).toEqual([
      'duplicate',
      'duplicate',
      'gap',
    ]);
  });

  test('knows of no gaps where ids skip numbers', () => {
    const ids = new IdTracker(false);
    expect([5, 9, 9, 12].map((id) => ids.judge('A', id).kind)).toEqual([
      'new',
      'new',
      'duplicate',
      'new',
    ]);
  });

  test('of each symbol: new ids and missing ones are all ids from the first to the last', () => {
    const row = fc.tuple(fc.constantFrom('A', 'B'), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 80 }), (rows) => {
        const ids = new IdTracker();
        const count = { A: 0, B: 0 };
        for (const [symbol, id] of rows) {
          const verdict = ids.judge(symbol, id);
          if (verdict.kind !== 'duplicate') count[symbol as 'A'] += 1;
          if (verdict.kind === 'gap') count[symbol as 'A'] += verdict.missing;
        }
        for (const symbol of ['A', 'B'] as const) {
          const all = rows.filter(([of]) => of === symbol).map(([, id]) => id);
          const span = all.length === 0 ? 0 : Math.max(...all) - (all[0] as number) + 1;
          expect(count[symbol]).toBe(span);
        }
      }),
    );
  });
});
