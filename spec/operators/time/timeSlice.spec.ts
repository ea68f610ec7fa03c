import { BehaviorSubject, of, Subject, take } from 'rxjs';
import { pace, pull, VirtualClock, WallClock } from '../../../operators';
import { isRealTime } from '../../../operators/time/timeSlice';
import { TestScheduler } from 'rxjs/testing';

/** Work that takes longer than a turn of the event loop should. */
const slow = (): void => {
  const until = performance.now() + 4;
  while (performance.now() < until);
};

/** How many items had come when the event loop first had a turn. */
function seenAtFirstTurn(subscribe: (next: () => void, complete: () => void) => void) {
  return new Promise<number>((resolve) => {
    let items = 0;
    let seen = Infinity;
    setImmediate(() => (seen = items));
    subscribe(
      () => {
        slow();
        items += 1;
      },
      () => {
        resolve(seen);
      },
    );
  });
}

describe('what could go on for ever leaves turns to the event loop', () => {
  const items = Array.from({ length: 50 }, (_, i) => i);

  it('pull, on a real clock, in the middle of a chunk', async () => {
    const seen = await seenAtFirstTurn((next, complete) =>
      pull([items], { scheduler: new WallClock() }).subscribe({ next, complete }),
    );
    expect(seen).toBeLessThan(items.length);
  });

  it('pull, on a virtual clock, now and then', async () => {
    const many = Array.from({ length: 300 }, (_, i) => i);
    const seen = await seenAtFirstTurn((next, complete) =>
      pull([many], { scheduler: new VirtualClock() }).subscribe({ next, complete }),
    );
    expect(seen).toBeLessThan(many.length);
  });

  it.each([
    ['when everything is overdue', true],
    ['when it passes on at once what had to wait', false],
  ])('pace, %s', async (_title, active) => {
    const paused = new BehaviorSubject(true);
    const seen = await seenAtFirstTurn((next, complete) => {
      pull([items])
        .pipe(pace({ timeOf: () => 0, active, paused, scheduler: new WallClock() }))
        .subscribe({ next, complete });
      paused.next(false);
    });
    expect(seen).toBeLessThan(items.length);
  });

  it('pace: what comes in such a turn does not overtake what waits', async () => {
    const source = new Subject<string>();
    const paused = new BehaviorSubject(true);
    const seen: string[] = [];
    const all = new Promise<void>((resolve) => {
      source
        .pipe(pace({ timeOf: () => 0, active: false, paused, scheduler: new WallClock() }))
        .subscribe((item) => {
          for (let n = 0; n < 3; n += 1) slow();
          seen.push(item);
          if (seen.length === 3) resolve();
        });
    });
    for (const item of ['a', 'b']) source.next(item);
    paused.next(false);
    source.next('c');
    const atOnce = [...seen];
    await all;
    expect([atOnce, seen]).toEqual([['a'], ['a', 'b', 'c']]);
  });

  it('pace: no turn is taken when nothing waits any more', () => {
    const paused = new BehaviorSubject(true);
    let completed = false;
    of('a')
      .pipe(pace({ timeOf: () => 0, paused, scheduler: new WallClock() }))
      .subscribe({
        next: () => {
          for (let n = 0; n < 3; n += 1) slow();
        },
        complete: () => (completed = true),
      });
    paused.next(false);
    expect(completed).toBe(true);
  });

  it('a subscriber who leaves in such a turn gets nothing more', async () => {
    let items = 0;
    const endless = {
      *[Symbol.iterator]() {
        for (;;) yield [0];
      },
    };
    const subscription = pull(endless, { scheduler: new WallClock() })
      .pipe(take(1e6))
      .subscribe(() => (items += 1));
    subscription.unsubscribe();
    const before = items;
    await new Promise(setImmediate);
    expect(items).toBe(before);
  });

  it('time passes by itself on a clock, not in a test', () => {
    const clocks = [new WallClock(), new VirtualClock(), new TestScheduler(() => undefined)];
    expect(clocks.map(isRealTime)).toEqual([true, false, false]);
  });
});
