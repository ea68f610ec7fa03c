import fc from 'fast-check';
import type { PipelineEvent } from '../../../streams';
import { entryIn, lineOf } from '../../../src/journal/journalLine';
import { longColumn, shortColumn } from '../../../src/journal/shortColumns';
import { started } from '../metrics/given';
import { WALL } from './given';

const columns = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 60 });

describe('a column in a journal', () => {
  it('says a value that repeats once', () => {
    expect(shortColumn([7, 0, 0, 1, 1, 1, 1])).toEqual([7, 0, 0, 1, -3]);
  });

  it('is read at its full length, and is never longer than that', () => {
    fc.assert(
      fc.property(columns, (column) => {
        const short = shortColumn(column);
        expect(longColumn(short)).toEqual(column);
        expect(short.length).toBeLessThanOrEqual(column.length);
      }),
    );
  });

  it('is read as it stands where nothing was shortened', () => {
    fc.assert(
      fc.property(columns, (column) => {
        expect(longColumn(column)).toEqual(column);
      }),
    );
  });

  it.each([[[-1]], [[1, -1e15]]])('is refused as damaged: %j', (delivered) => {
    const event = { type: 'counts', at: 0, edge: 'processor-analysis', names: [], delivered };
    const others = { backpressure: [], burst: [], overruns: 0, dropped: 0, discarded: 0 };
    const line = JSON.stringify({ seq: 1, wall: WALL, ...event, ...others });
    expect(entryIn(line)).toMatch(/^no "counts" event \(delivered: no column/);
  });

  it('holds times in nanoseconds where they are whole, and else as they are', () => {
    const worked = (totalMs: readonly number[]): PipelineEvent => ({
      type: 'worked',
      at: 0,
      totals: [],
      names: ['A', 'B'],
      intervals: ['1m'],
      strategies: [],
      ofIntervals: [],
      items: [1, 1],
      totalMs,
    });
    for (const event of [worked([0.001234, 2]), worked([1 / 3, 2]), worked([])]) {
      expect(entryIn(lineOf(1, WALL, event))).toMatchObject({ event });
    }
    expect(lineOf(1, WALL, worked([0.001234, 2]))).toContain('"totalNs":[1234,2000000]');
    expect(lineOf(1, WALL, started())).not.toContain('totalNs');
  });
});
