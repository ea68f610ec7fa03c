import { range, Subject } from 'rxjs';
import { Readiness, trackBackpressure } from '../../operators';
import type { EdgeEvent } from '../../operators';

const KEPT = 65_536;

describe('trackBackpressure: keys of batches', () => {
  it.each([false, true])(
    '200,000 keys, numbered: %p: a batch is bounded, and totals are exact',
    (numbered) => {
      let inBatch = 0;
      let largest = 0;
      let total = 0;
      const byKey = new Map<string, number>();
      const events = ({ key = '', count }: EdgeEvent): void => {
        inBatch += 1;
        largest = Math.max(largest, inBatch);
        total += count;
        byKey.set(key, (byKey.get(key) ?? 0) + count);
      };
      const keys = 200_000;
      const source = new Subject<number>();
      source
        .pipe(
          trackBackpressure(new Readiness(), {
            edge: 'e',
            events,
            batch: {},
            keyOf: String,
            ...(numbered ? { keyNumberOf: (n: number) => n } : {}),
          }),
        )
        .subscribe();
      for (const round of [1, 2]) {
        for (let n = 0; n < keys; n += 1) {
          source.next(n);
          if (inBatch > 0) largest = Math.max(largest, inBatch);
          inBatch = 0;
        }
        if (round === 2) source.complete();
      }
      expect([total, byKey.size, byKey.get('0'), byKey.get('199999')]).toEqual([
        2 * keys,
        keys,
        2,
        2,
      ]);
      expect(largest).toBe(KEPT);
    },
  );

  it('as many as are kept leave no batch early', () => {
    let events = 0;
    const source = new Subject<number>();
    source
      .pipe(
        trackBackpressure(new Readiness(), {
          edge: 'e',
          keyOf: String,
          batch: {},
          events: () => (events += 1),
        }),
      )
      .subscribe();
    range(0, KEPT).subscribe((n) => {
      source.next(n);
    });
    expect(events).toBe(0);
  });
});
