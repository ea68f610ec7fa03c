import { interval, Subject, take, timer, toArray } from 'rxjs';
import type { SchedulerAction, Subscription } from 'rxjs';
import { Clock } from '../../../operators';
import { collectGarbage } from '../../support/collectGarbage';

/** A clock that is moved by hand. */
class HandClock extends Clock {
  #now = 0;
  woken = 0;

  now(): number {
    return this.#now;
  }

  protected wake(): void {
    this.woken += 1;
  }

  moveTo(time: number): void {
    while (this.nextAt() <= time) {
      this.#now = Math.max(this.#now, this.nextAt());
      this.step();
    }
    this.#now = time;
  }

  get next(): number {
    return this.nextAt();
  }
}

describe('Clock', () => {
  const scene = () => {
    const clock = new HandClock();
    const log: string[] = [];
    const say = (what: string) => () => log.push(`${what} at ${clock.now()}`);
    return { clock, log, say };
  };

  it('does what is scheduled at its time, and what is scheduled for one time in its order', () => {
    const { clock, log, say } = scene();
    for (const [what, delay] of [
      ['c', 3],
      ['a', 1],
      ['b', 1],
      ['d', 3],
    ] as const) {
      clock.schedule(say(what), delay);
    }
    clock.moveTo(5);
    expect(log).toEqual(['a at 1', 'b at 1', 'c at 3', 'd at 3']);
  });

  it.each([undefined, 0, -1, NaN])('a delay of %p is none', (delay) => {
    const { clock, log, say } = scene();
    clock.schedule(say('a'), delay);
    clock.moveTo(0);
    expect(log).toEqual(['a at 0']);
  });

  it('an infinite delay never ends', () => {
    const { clock, say } = scene();
    clock.schedule(say('a'), Infinity);
    expect(clock.next).toBe(Infinity);
  });

  it('hands over the state', () => {
    const { clock } = scene();
    const states: unknown[] = [];
    clock.schedule<number>(
      function (state) {
        states.push(state);
        if ((state as number) < 3) this.schedule((state as number) + 1, 1);
      },
      1,
      1,
    );
    clock.moveTo(9);
    expect(states).toEqual([1, 2, 3]);
  });

  it('works for rxjs’ timer and interval', () => {
    const { clock } = scene();
    const seen: number[][] = [];
    interval(2, clock)
      .pipe(take(3), toArray())
      .subscribe((all) => seen.push(all));
    timer(1, 4, clock)
      .pipe(take(2), toArray())
      .subscribe((all) => seen.push(all));
    clock.moveTo(6);
    expect(seen).toEqual([
      [0, 1],
      [0, 1, 2],
    ]);
    expect(clock.next).toBe(Infinity);
  });

  it('an action is closed when its work is done, and not before', () => {
    const { clock } = scene();
    const work = clock.schedule(() => undefined, 1);
    const before = work.closed;
    clock.moveTo(1);
    expect([before, work.closed]).toEqual([false, true]);
  });

  it('a closed action does nothing, and can’t be scheduled again', () => {
    const { clock, log, say } = scene();
    const work = clock.schedule(say('a'), 1) as SchedulerAction<unknown>;
    work.unsubscribe();
    work.unsubscribe();
    work.schedule();
    clock.moveTo(9);
    expect(log).toEqual([]);
  });

  it('an action that closes itself while it works is not done again', () => {
    const { clock } = scene();
    let done = 0;
    clock.schedule(function () {
      done += 1;
      this.unsubscribe();
      this.schedule(undefined, 1);
    });
    clock.moveTo(9);
    expect(done).toBe(1);
  });

  it('an action that is scheduled again while it waits is done once, at the later word', () => {
    const { clock, log, say } = scene();
    const work = clock.schedule(say('a'), 1) as SchedulerAction<unknown>;
    clock.schedule(say('b'), 2);
    work.schedule(undefined, 5);
    clock.moveTo(9);
    expect(log).toEqual(['b at 2', 'a at 5']);
  });

  it('an action that throws is closed, the others go on', () => {
    const { clock, log, say } = scene();
    const work = clock.schedule(() => {
      throw new Error('broken');
    }, 1);
    clock.schedule(say('b'), 1);
    expect(() => {
      clock.moveTo(9);
    }).toThrow('broken');
    clock.moveTo(9);
    expect([work.closed, log]).toEqual([true, ['b at 1']]);
  });

  it('forgets what is still scheduled when it is cleared', () => {
    const { clock, log, say } = scene();
    clock.schedule(say('a'), 1);
    const work = clock.schedule(say('b'), 1);
    clock.clear();
    work.unsubscribe();
    clock.schedule(say('c'), 1);
    clock.moveTo(9);
    expect(log).toEqual(['c at 1']);
  });

  it('wakes whoever drives it when something is scheduled or cancelled, and at nothing else', () => {
    const { clock } = scene();
    const woken: [string, number][] = [];
    const note = (what: string): unknown => woken.push([what, clock.woken]);
    const work = clock.schedule(() => undefined, 1) as SchedulerAction<unknown>;
    note('scheduled');
    work.unsubscribe();
    note('cancelled');
    work.unsubscribe();
    note('cancelled again');
    work.schedule();
    note('scheduled though closed');
    const alarm = clock.timer(() => undefined);
    alarm.cancel();
    note('an alarm cancelled that was not set');
    alarm.set(2);
    note('set');
    alarm.cancel();
    note('and cancelled');
    clock.schedule(() => undefined, 1);
    clock.moveTo(9);
    note('scheduled, and done');
    expect(woken).toEqual([
      ['scheduled', 1],
      ['cancelled', 2],
      ['cancelled again', 2],
      ['scheduled though closed', 2],
      ['an alarm cancelled that was not set', 2],
      ['set', 3],
      ['and cancelled', 4],
      ['scheduled, and done', 5],
    ]);
  });

  it('a timer that is set anew at every item leaves no litter behind', async () => {
    const { clock, log, say } = scene();
    clock.schedule(say('another one'), 5);
    const kept: WeakRef<object>[] = [];
    let waiting: Subscription | undefined;
    const items = new Subject<object>();
    items.subscribe((item) => {
      waiting?.unsubscribe();
      waiting = clock.schedule(() => item, 1_000_000);
      kept.push(new WeakRef(item), new WeakRef(waiting));
    });
    for (let n = 0; n < 10_000; n += 1) items.next({ n });
    await collectGarbage();
    expect(kept.filter((ref) => ref.deref() !== undefined).length).toBeLessThan(100);
    clock.moveTo(9);
    expect(log).toEqual(['another one at 5']);
  });
});
