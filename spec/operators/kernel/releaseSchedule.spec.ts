import fc from 'fast-check';
import { VirtualTimeScheduler } from 'rxjs';
import { ReleaseSchedule } from '../../../operators/kernel/releaseSchedule';

type Change = 'pause' | 'resume' | number;

/** From `at` on, the items' time is `time` and passes at `speed`. */
interface Piece {
  readonly at: number;
  readonly time: number;
  readonly speed: number;
}

/** The course of the items' time from `origin` at 0 on, by integration. */
function courseOf(origin: number, changes: readonly (readonly [at: number, Change])[]): Piece[] {
  const pieces: Piece[] = [{ at: 0, time: origin, speed: 1 }];
  let speed = 1;
  let isPaused = false;
  for (const [at, change] of changes) {
    const last = pieces.at(-1) as Piece;
    if (typeof change === 'number') speed = change;
    else isPaused = change === 'pause';
    const time = last.time + (at - last.at) * last.speed;
    pieces.push({ at, time, speed: isPaused ? 0 : speed });
  }
  return pieces;
}

/** The latest instant at which the items' time is not past `time`; 0 for what lies before the origin. */
function lastInstantOf(time: number, pieces: readonly Piece[]): number {
  const [first] = pieces;
  if (first === undefined || time < first.time) return 0;
  const piece = pieces.filter((one) => one.time <= time).at(-1) as Piece;
  return piece.at + (time - piece.time) / piece.speed;
}

const changes = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom<Change>('pause', 'resume', 0.5, 2, 4),
    ),
    { maxLength: 8 },
  )
  .map((all) => {
    let at = 0;
    let isPaused = false;
    const kept = all.flatMap(([gap, change]): [number, Change][] => {
      at += gap;
      if (typeof change !== 'number') {
        if (isPaused === (change === 'pause')) return [];
        isPaused = !isPaused;
      }
      return [[at, change]];
    });
    return isPaused ? [...kept, [at + 1, 'resume'] as const] : kept;
  });

describe('a release schedule', () => {
  it('has items due when their time is reached, whatever pauses and speeds there were', () => {
    const times = fc.array(fc.integer({ min: -20, max: 400 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 10 }), changes, times, (origin, all, items) => {
        const scheduler = new VirtualTimeScheduler();
        const schedule = new ReleaseSchedule(scheduler);
        schedule.dueAt(-1_000, () => origin);
        let isPaused = false;
        for (const [at, change] of all) {
          scheduler.frame = at;
          if (typeof change === 'number') schedule.setSpeed(change, isPaused);
          else schedule.setPaused((isPaused = change === 'pause'));
        }
        const sorted = [...items].sort((a, b) => a - b);
        const course = courseOf(origin, all);
        expect(sorted.map((time) => schedule.dueAt(time))).toEqual(
          sorted.map((time) => lastInstantOf(time, course)),
        );
      }),
    );
  });

  it('starts at the origin, or with the first item', () => {
    const scheduler = new VirtualTimeScheduler();
    scheduler.frame = 10;
    expect(new ReleaseSchedule(scheduler).dueAt(100)).toBe(10);
    expect(new ReleaseSchedule(scheduler, 2).dueAt(100, () => 60)).toBe(30);
  });

  it('is set to the next item when the clock takes over', () => {
    const scheduler = new VirtualTimeScheduler();
    const schedule = new ReleaseSchedule(scheduler);
    schedule.setActive(false, false);
    schedule.release(500);
    scheduler.frame = 40;
    schedule.setActive(true, false);
    expect([schedule.dueAt(700), schedule.dueAt(703)]).toEqual([40, 43]);
  });

  it('is set to the last item when the clock takes over and a gate still holds that', () => {
    const scheduler = new VirtualTimeScheduler();
    const schedule = new ReleaseSchedule(scheduler);
    schedule.setActive(false, false);
    schedule.release(500);
    scheduler.frame = 40;
    schedule.setActive(true, true);
    expect([schedule.dueAt(500), schedule.dueAt(700)]).toEqual([40, 240]);
  });
});

describe('gaps of the items’ time that are longer than wanted', () => {
  /** A schedule with an item at 100 behind it, at 0 of the scheduler. */
  function given(left = 5) {
    const skipped: [from: number, to: number][] = [];
    const scheduler = new VirtualTimeScheduler();
    const onSkip = (from: number, to: number): void => {
      skipped.push([from, to]);
    };
    const schedule = new ReleaseSchedule(scheduler, 1, { longest: 50, left, onSkip });
    schedule.dueAt(100);
    schedule.release(100);
    return { schedule, scheduler, skipped };
  }

  it('are passed over at once, but for what is left of them', () => {
    const { schedule, skipped } = given();
    expect(schedule.dueAt(200)).toBe(5);
    expect(skipped).toEqual([[100, 195]]);
  });

  it('are passed over once, though their end is requested again', () => {
    const { schedule, scheduler, skipped } = given();
    schedule.dueAt(200);
    scheduler.frame = 2;
    expect([schedule.dueAt(200), skipped.length]).toEqual([5, 1]);
  });

  it('what comes behind them is due as its distance to them says', () => {
    const { schedule } = given();
    schedule.dueAt(200);
    schedule.release(200);
    expect(schedule.dueAt(230)).toBe(35);
  });

  it('a gap as long as is wanted is waited for', () => {
    const { schedule, skipped } = given();
    expect([schedule.dueAt(150), skipped]).toEqual([50, []]);
  });

  it('a gap that has almost passed already is waited for', () => {
    const { schedule, scheduler, skipped } = given();
    scheduler.frame = 95;
    expect([schedule.dueAt(200), skipped]).toEqual([100, []]);
  });

  it('none is passed over during a pause', () => {
    const { schedule, skipped } = given();
    schedule.setPaused(true);
    expect([schedule.dueAt(200), skipped]).toEqual([100, []]);
  });

  it('are passed over without anybody who wants to know', () => {
    const scheduler = new VirtualTimeScheduler();
    const schedule = new ReleaseSchedule(scheduler, 1, { longest: 50, left: 5 });
    schedule.dueAt(100);
    schedule.release(100);
    expect(schedule.dueAt(200)).toBe(5);
  });
});

describe('where the items’ time passes on its own', () => {
  const given = () => {
    const time = { now: 1_000 };
    const scheduler = new VirtualTimeScheduler();
    const schedule = new ReleaseSchedule(scheduler, 1, undefined, () => time.now);
    return { time, scheduler, schedule };
  };

  it('items are due by it from the start', () => {
    const { schedule } = given();
    expect(schedule.dueAt(1_030, () => 0)).toBe(30);
  });

  it('a clock that takes over goes by it, whatever a gate holds', () => {
    const { schedule, scheduler, time } = given();
    schedule.setActive(false, false);
    schedule.release(500);
    scheduler.frame = 40;
    time.now = 5_000;
    schedule.setActive(true, true);
    expect(schedule.dueAt(5_010)).toBe(50);
  });

  it('so does the end of a pause, which has not stopped it', () => {
    const { schedule, scheduler, time } = given();
    time.now = 1_100;
    schedule.setPaused(true);
    expect(schedule.dueAt(1_010)).toBe(10);
    scheduler.frame = 40;
    time.now = 5_000;
    schedule.setPaused(false);
    expect(schedule.dueAt(5_010)).toBe(50);
  });
});
