import fc from 'fast-check';
import { Subject, VirtualTimeScheduler } from 'rxjs';
import type { EventBatch, EdgeEvent, EdgeEventType } from '../../../operators';
import { EdgeEventBatcher } from '../../../operators/kernel/edgeEventBatcher';
import { booksOf } from '../../support/books';
import { failure } from '../../support/collect';

const TYPES: readonly EdgeEventType[] = [
  'delivered',
  'backpressure',
  'overrun',
  'dropped',
  'discarded',
];

describe('EdgeEventBatcher', () => {
  it('law 5: batches fold to the same totals as single events, Σ keys = edge', () => {
    const occurrences = fc.array(
      fc.record({
        type: fc.constantFrom(...TYPES),
        key: fc.constantFrom(undefined, 'a', 'b', 'c'),
        burst: fc.boolean(),
        pause: fc.nat(3),
      }),
    );
    const batches: fc.Arbitrary<EventBatch> = fc.record(
      {
        count: fc.integer({ min: 1, max: 9 }),
        time: fc.nat(9),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(occurrences, batches, (all, batch) => {
        const scheduler = new VirtualTimeScheduler();
        const [single, batched] = [booksOf(), booksOf()];
        const tallies = [
          new EdgeEventBatcher({ edge: 'e', events: single, scheduler }),
          new EdgeEventBatcher({ edge: 'e', events: batched, batch, scheduler }),
        ];
        let at = 0;
        for (const { type, key, burst, pause } of all) {
          at += pause;
          scheduler.schedule(() => {
            for (const tally of tallies) {
              tally.add(type, key, scheduler.now(), burst && type === 'backpressure');
            }
          }, at);
        }
        scheduler.flush();
        for (const tally of tallies) tally.close();
        expect(batched.counts).toEqual(single.counts);
        expect(single.counts.burst + single.counts.behind).toBe(single.counts.backpressure);
        for (const name of [undefined, 'a', 'b', 'c']) {
          const total = (events: readonly EdgeEvent[]): number =>
            events.filter(({ key }) => key === name).reduce((sum, { count }) => sum + count, 0);
          expect(total(batched.all)).toBe(total(single.all));
        }
      }),
    );
  });

  it('without a batch, one event per occurrence', () => {
    const books = booksOf();
    const tally = new EdgeEventBatcher({ edge: 'e', events: books });
    tally.add('delivered', 'a', 1);
    tally.add('delivered', 'a', 2);
    expect(books.all).toEqual([
      { type: 'delivered', edge: 'e', key: 'a', count: 1, at: 1 },
      { type: 'delivered', edge: 'e', key: 'a', count: 1, at: 2 },
    ]);
  });

  it('a batch: one event per type and key, keys in order of their first occurrence, at the time of the last', () => {
    const books = booksOf();
    const tally = new EdgeEventBatcher({ edge: 'e', events: books, batch: {} });
    tally.add('delivered', 'b', 1);
    tally.add('backpressure', 'a', 2, true);
    tally.add('backpressure', 'a', 3);
    tally.add('delivered', 'b', 4);
    tally.close();
    expect(books.all).toEqual([
      { type: 'delivered', edge: 'e', key: 'b', count: 2, at: 4 },
      { type: 'backpressure', edge: 'e', key: 'a', count: 2, burst: 1, behind: 1, at: 3 },
    ]);
  });

  it('a timer runs from the first occurrence of a batch, and not without one', () => {
    const scheduler = new VirtualTimeScheduler();
    const log: number[] = [];
    const events = { next: () => log.push(scheduler.now()) };
    const tally = new EdgeEventBatcher({ edge: 'e', events, batch: { time: 5 }, scheduler });
    for (const at of [1, 3, 20]) {
      scheduler.schedule(() => {
        tally.add('delivered', undefined, at);
      }, at);
    }
    scheduler.flush();
    expect(log).toEqual([6, 25]);
  });

  it('what an observer of the events causes to be counted is counted too', () => {
    for (const batch of [undefined, { count: 2 }, {}]) {
      const books = booksOf();
      const next = (event: EdgeEvent): void => {
        books.next(event);
        if (event.type !== 'delivered') return;
        tally.add('dropped', 'b', 1);
        tally.add('overrun', event.key, 1);
      };
      const tally = new EdgeEventBatcher({ edge: 'e', batch, events: { next } });
      tally.add('delivered', 'a', 0);
      tally.add('delivered', 'b', 0);
      tally.flush();
      tally.close();
      const delivered = books.all.filter(({ type }) => type === 'delivered').length;
      expect(books.counts.dropped).toBe(delivered);
      expect(books.counts).toMatchObject({ delivered: 2, dropped: books.counts.overrun });
    }
  });

  it('an observer that throws is heard of, and gets nothing more', () => {
    for (const batch of [undefined, {}]) {
      let told = 0;
      const events = {
        next() {
          told += 1;
          throw failure;
        },
      };
      const tally = new EdgeEventBatcher({ edge: 'e', events, batch });
      expect(() => {
        tally.add('delivered', 'a', 0);
        tally.add('delivered', 'b', 0);
        tally.close();
      }).toThrow(failure);
      tally.add('delivered', 'c', 0);
      tally.close();
      expect(told).toBe(1);
    }
  });

  it('what is thrown when a batch leaves by `when`, and the failure of that, are handed to who opened it', () => {
    const when = new Subject<void>();
    const failures: unknown[] = [];
    const events = {
      next() {
        throw failure;
      },
    };
    const tally = new EdgeEventBatcher({ edge: 'e', events, batch: { when } });
    tally.open((error) => failures.push(error));
    tally.add('delivered', 'a', 0);
    when.next();
    when.error(new Error('when'));
    expect(failures).toEqual([failure, new Error('when')]);
  });

  it('counts nothing where nobody looks', () => {
    const scheduler = new VirtualTimeScheduler();
    const tally = new EdgeEventBatcher({ edge: 'e', batch: { time: 1 }, scheduler });
    tally.add('delivered', 'a', 0);
    expect(scheduler.actions).toEqual([]);
  });

  // Law 8 (exact beyond 2^53, saturating at 2^63 - 1) is that of the store that adds the events up. Here a
  // count starts anew with each event: at a million occurrences a second, one without any flush is exact
  // for 285 years.
  it('law 8, as far as it is ours: a count starts anew with each event', () => {
    const books = booksOf();
    const tally = new EdgeEventBatcher({ edge: 'e', events: books, batch: {} });
    for (const n of [3, 2]) {
      for (let i = 0; i < n; i += 1) tally.add('delivered', 'a', i);
      tally.flush();
    }
    expect(books.all.map(({ count }) => count)).toEqual([3, 2]);
  });
});
