import { take, timer } from 'rxjs';
import { WallClock } from '../../../operators';
import { collect } from '../../support/collect';

describe('WallClock', () => {
  let clock: WallClock;
  beforeEach(() => {
    clock = new WallClock();
  });

  it('begins at 0 and does not stand still', async () => {
    const start = clock.now();
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect([start >= 0, start < 1_000, clock.now() > start]).toEqual([true, true, true]);
  });

  it('works for rxjs’ timer', async () => {
    expect(await collect(timer(1, 1, clock).pipe(take(3)))).toEqual([0, 1, 2]);
  });

  describe('on the platform’s timers', () => {
    beforeEach(() => {
      jest.useFakeTimers();
      clock = new WallClock();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    it('does everything in order, and nothing early', () => {
      const log: [string, boolean][] = [];
      for (const [what, delay] of [
        ['c', 3.5],
        ['a', 0],
        ['b', 1.25],
      ] as const) {
        const due = clock.now() + delay;
        clock.schedule(() => log.push([what, clock.now() >= due]), delay);
      }
      jest.advanceTimersByTime(10);
      expect(log).toEqual([
        ['a', true],
        ['b', true],
        ['c', true],
      ]);
    });

    it('rests where it is too early for the next action, and too late for a timer', () => {
      const rests: number[] = [];
      const due: boolean[] = [];
      clock = new WallClock(performance.now(), (ms) => {
        rests.push(ms);
      });
      const at = clock.now() + 1.25;
      clock.schedule(() => due.push(clock.now() >= at), 1.25);
      clock.schedule(() => due.push(clock.now() >= 50), 50);
      jest.advanceTimersByTime(10);
      const first = rests.length;
      expect(first).toBeGreaterThan(0);
      jest.advanceTimersByTime(50);
      expect(due).toEqual([true, true]);
      expect(rests.length).toBeGreaterThan(first);
      for (const ms of rests) {
        expect(ms).toBeGreaterThan(0);
        expect(ms).toBeLessThanOrEqual(1.5);
      }
    });

    it('keeps no timer that nobody waits for any more', () => {
      clock.schedule(() => undefined, 3_600_000).unsubscribe();
      expect(jest.getTimerCount()).toBe(0);
    });

    it('keeps none when it is cleared', () => {
      clock.schedule(() => undefined, 10);
      clock.clear();
      expect(jest.getTimerCount()).toBe(0);
    });

    it('keeps one, for the next action', () => {
      for (const delay of [30, 10, 20]) clock.schedule(() => undefined, delay);
      expect(jest.getTimerCount()).toBe(1);
    });

    it.each([
      ['for an earlier action it is set anew, and only then', [30, 10, 20, 10], 2],
      ['what is too near for one is waited for in turns of the event loop', [1.5, 1], 0],
    ])('%s', (_title, delays, set) => {
      const timers = jest.spyOn(globalThis, 'setTimeout');
      const still = new WallClock();
      for (const delay of delays) still.schedule(() => undefined, delay);
      expect(timers).toHaveBeenCalledTimes(set);
      timers.mockRestore();
    });

    it('sets none while it is at work', () => {
      const timers: number[] = [];
      clock.schedule(() => {
        clock.schedule(() => undefined, 1_000);
        timers.push(jest.getTimerCount());
      });
      jest.advanceTimersByTime(1);
      expect([...timers, jest.getTimerCount()]).toEqual([0, 1]);
    });

    it('looks before an action is due, so that it is not late', () => {
      const timers = jest.spyOn(globalThis, 'setTimeout');
      new WallClock().schedule(() => undefined, 5);
      expect(timers).toHaveBeenCalledWith(expect.any(Function), 3.5);
      timers.mockRestore();
    });

    it('waits longer than a timer of the platform can', () => {
      let done = false;
      const days = 40 * 86_400_000;
      clock.schedule(() => (done = true), days);
      jest.advanceTimersByTime(days - 1_000);
      const early = done;
      jest.advanceTimersByTime(2_000);
      expect([early, done]).toEqual([false, true]);
    });

    it('an action that throws throws to the event loop, and the others go on', () => {
      let done = false;
      clock.schedule(() => {
        throw new Error('broken');
      }, 1);
      clock.schedule(() => (done = true), 1);
      expect(() => jest.advanceTimersByTime(10)).toThrow('broken');
      jest.advanceTimersByTime(10);
      expect(done).toBe(true);
    });

    it('what an action schedules for now is done in this turn', () => {
      const log: string[] = [];
      clock.schedule(() => {
        log.push('a');
        clock.schedule(() => log.push('b'));
      });
      jest.advanceTimersByTime(1);
      expect(log).toEqual(['a', 'b']);
    });
  });
});
