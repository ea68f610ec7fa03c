import { BehaviorSubject, range, Subject, Subscriber } from 'rxjs';
import type { Observable } from 'rxjs';
import { Holding, Readiness, VirtualClock, WallClock } from '../../../operators';
import { Pacer } from '../../../operators/internal/pacer';
import type { PaceOptions } from '../../../operators/internal/paceOptions';

/** A pacer, as `pace` makes it for a subscriber, and what it releases. */
function paced(source: Observable<number>, options: Partial<PaceOptions<number>>) {
  const released: number[] = [];
  const subscriber = new Subscriber<number>({
    next: (item: number) => released.push(item),
    error: () => undefined,
    complete: () => undefined,
  });
  const pacer = new Pacer<number>({ timeOf: (time) => time, ...options }, subscriber);
  pacer.connect(source);
  return { pacer, released, subscriber };
}

/** A virtual clock goes as far as it can when the event loop has its turns. */
const passed = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
};

describe('one subscription of pace', () => {
  it('releases what is due together in order, and waits for what is not due yet', async () => {
    const scheduler = new VirtualClock();
    const { released } = paced(range(0, 3), { scheduler, timeOf: (n) => n >> 1 });
    expect(released).toEqual([0, 1]);
    await passed();
    expect(released).toEqual([0, 1, 2]);
  });

  it('takes the demand when enough wait, and gives it back when nothing does', async () => {
    const demand = new Readiness();
    const scheduler = new VirtualClock();
    const source = new Subject<number>();
    const { released } = paced(source, { scheduler, demand, capacity: 2, timeOf: (n) => n * 5 });
    source.next(0);
    source.next(1);
    expect([released, demand.value]).toEqual([[0], true]);
    source.next(2);
    expect(demand.value).toBe(false);
    await passed();
    expect([released, demand.value]).toEqual([[0, 1, 2], true]);
  });

  it('detaches from the demand however it ends', () => {
    const demand = new Readiness();
    const { subscriber } = paced(new Subject(), { demand, scheduler: new VirtualClock() });
    expect(() => {
      demand.next(true);
    }).toThrow(/kept by pace "pace"/);
    subscriber.unsubscribe();
    expect(() => {
      demand.next(true);
    }).not.toThrow();
  });

  it('forgets what waits when it is left: nothing is released any more, and no timer is kept', async () => {
    const scheduler = new VirtualClock();
    const { released, subscriber } = paced(range(0, 3), { scheduler });
    subscriber.unsubscribe();
    await passed();
    expect(released).toEqual([0]);
    expect(scheduler.now()).toBe(0);
  });

  it('releases nothing while the next gate holds; its clock starts with the first item that may go', async () => {
    const scheduler = new VirtualClock();
    const downstream = new Holding(true);
    const { released } = paced(range(0, 3), { scheduler, downstream });
    scheduler.schedule(() => {
      downstream.next(false);
    }, 5);
    await passed();
    expect(released).toEqual([0, 1, 2]);
    expect(scheduler.now()).toBe(7);
  });

  it('leaves the event loop its turns on a real clock, however much is due', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const scheduler = new WallClock();
    const onRelease = (): void => {
      const until = performance.now() + 0.05;
      while (performance.now() < until);
    };
    const paused = new BehaviorSubject(true);
    const { released } = paced(range(0, 1_000), { scheduler, timeOf: () => 0, onRelease, paused });
    paused.next(false);
    while (released.length < 1_000) await new Promise(setImmediate);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });
});
