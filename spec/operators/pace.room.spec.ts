import { BehaviorSubject, concat, NEVER, range, take } from 'rxjs';
import { OverflowError, pace, pull, Readiness } from '../../operators';
import { marbles } from '../support/marbles';

/** Items named after their times: a is 0, b is 1, and so on. */
const timeOf = (item: string): number => item.charCodeAt(0) - 97;

describe('pace: room', () => {
  it('a source that can be pulled is pulled when nothing waits any more', () => {
    const room = new Readiness();
    let pulled = 0;
    const chunks = {
      *[Symbol.iterator]() {
        while (pulled < 5) yield new Array<number>(1_024).fill((pulled += 1));
      },
    };
    const paused = new BehaviorSubject(false);
    let released = 0;
    pull(chunks, { readiness: room })
      .pipe(pace({ timeOf: () => 0, demand: room, paused }))
      .subscribe(() => {
        released += 1;
        if (released === 1) paused.next(true);
      });
    expect([pulled, released]).toEqual([2, 1]);
  });

  it('completes though the source ends only when it finds room', () => {
    const room = new Readiness();
    let completed = false;
    pull([new Array<number>(1_024).fill(0)], { readiness: room })
      .pipe(pace({ timeOf: () => 0, demand: room }))
      .subscribe({ complete: () => (completed = true) });
    expect(completed).toBe(true);
  });

  it('is there again for the next subscriber', () => {
    const room = new Readiness();
    range(0, 2_000)
      .pipe(pace({ timeOf: (n) => n * 1_000, demand: room }))
      .subscribe()
      .unsubscribe();
    const between = room.value;
    NEVER.pipe(pace({ timeOf: Number, demand: room })).subscribe();
    expect([between, room.value, room.freeAt]).toEqual([true, true, -Infinity]);
  });

  it('is there when the subscriber leaves while items are released', () => {
    const room = new Readiness();
    const paused = new BehaviorSubject(true);
    concat(range(0, 2_000), NEVER)
      .pipe(pace({ timeOf: () => 0, demand: room, paused }), take(1))
      .subscribe();
    paused.next(false);
    expect(room.value).toBe(true);
  });

  it('a buffer without an edge is called pace', () => {
    marbles(({ cold, scheduler, expectObservable }) => {
      const paced = cold('(axyz)').pipe(pace({ timeOf, scheduler, capacity: 2 }));
      expectObservable(paced).toBe('(a#)', undefined, new OverflowError('pace', 2));
    });
  });

  it('more than the capacity is an error', () => {
    marbles(({ cold, scheduler, expectObservable, expectSubscriptions }) => {
      const source = cold('  (axyz)');
      const paced = source.pipe(pace({ timeOf, scheduler, capacity: 2, edge: 'feed' }));
      expectObservable(paced).toBe('(a#)', undefined, new OverflowError('feed', 2));
      expectSubscriptions(source.subscriptions).toBe('(^!)');
    });
  });
});
