import { asyncScheduler, of, Subject, VirtualTimeScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { pace, pull, Readiness, serve, trackBackpressure, VirtualClock } from '../../operators';
import type { EdgeEvent } from '../../operators';

/** Backpressure and overruns of items `gap` market milliseconds apart at a speed, each served for `service`. */
function counted(gap: number, service: number, speed: number): Promise<number> {
  const scheduler = new VirtualClock();
  const readiness = new Readiness();
  const events = new Subject<EdgeEvent>();
  let count = 0;
  events.subscribe(({ type }) => (count += type === 'delivered' ? 0 : 1));
  const due = new Map<number, number>();
  const offeredAt = (n: number): number => due.get(n) ?? NaN;
  const common = { scheduler, events, edge: 'a-b', offeredAt };
  return new Promise((resolve) => {
    pull([Array.from({ length: 1_000 }, (_, n) => n)], { scheduler })
      .pipe(
        pace({
          timeOf: (n) => n * gap,
          speed,
          scheduler,
          onRelease: (n, at) => due.set(n, at),
        }),
        trackBackpressure(readiness, common),
        serve(() => undefined, { ...common, readiness, serviceTime: service }),
      )
      .subscribe({
        complete: () => {
          resolve(count);
        },
      });
  });
}

describe('one instant is one instant, whatever sums it is made of', () => {
  it.each([
    [1, 1, 1],
    [0.1, 0.1, 1],
    [1_000, 1_000 / 60, 60],
    [1_000, 1_000 / 3, 3],
  ])(
    '%d ms apart, %d ms of service at speed %d: a tie each time, and none counts',
    async (...c) => {
      expect(await counted(...c)).toBe(0);
    },
  );

  it('a microsecond is no tie', async () => {
    expect(await counted(1, 1.001, 1)).toBeGreaterThan(900);
  });
});

describe('serve, when the subscriber leaves from within process', () => {
  it.each<[string, SchedulerLike]>([
    ['a VirtualTimeScheduler', new VirtualTimeScheduler()],
    ['the async scheduler', asyncScheduler],
  ])('goes no further: %s', (_title, scheduler) => {
    const served: unknown[] = [];
    let subscriptions = 0;
    const inner = of(1);
    const source = new Subject<number>();
    const subscription = source
      .pipe(
        serve(
          () => {
            subscription.unsubscribe();
            subscriptions = 1;
            return inner;
          },
          {
            scheduler,
            serviceTime: 5,
            meter: { onServed: (item) => served.push(item) },
          },
        ),
      )
      .subscribe(() => served.push('output'));
    source.next(1);
    expect([subscriptions, served, source.observed]).toEqual([1, [], false]);
  });

  it('and holds no clock', async () => {
    const scheduler = new VirtualClock();
    const source = new Subject<number>();
    const subscription = source
      .pipe(
        serve(
          () => {
            subscription.unsubscribe();
            return Promise.resolve(1);
          },
          { scheduler },
        ),
      )
      .subscribe();
    source.next(1);
    await new Promise<void>((resolve) =>
      scheduler.schedule(() => {
        resolve();
      }, 10),
    );
    expect(scheduler.now()).toBe(10);
  });
});

describe('pace, when it is late', () => {
  it('a change of speed keeps the lag: what was due at different times still is', () => {
    let now = 0;
    const scheduler = Object.assign(new VirtualTimeScheduler(), { now: () => now });
    const speed = new Subject<number>();
    const dues: number[] = [];
    const source = new Subject<number>();
    source
      .pipe(
        pace({
          timeOf: (t) => t,
          speed,
          scheduler,
          onRelease: (_t, due) => dues.push(due),
        }),
      )
      .subscribe(() => {
        // The thread is held up while the first item is worked on, and the speed changes meanwhile.
        if (dues.length === 1) {
          now = 20;
          speed.next(1);
        }
      });
    speed.next(2);
    for (const t of [0, 2, 4, 6]) source.next(t);
    expect(dues).toEqual([0, 1, 2, 3]);
  });
});
