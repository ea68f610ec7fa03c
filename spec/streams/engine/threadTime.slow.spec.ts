import { setTimeout as sleep } from 'node:timers/promises';
import { WallClock } from '../../../operators';
import { ThreadTime, workStopwatch } from '../../../streams/engine/threadTime';
import type { SpentTime } from '../../../streams/engine/threadTime';

const burn = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

const totalOf = (spent: SpentTime): number => Object.values(spent).reduce((sum, ms) => sum + ms, 0);

/** A thread whose clock does that after 40 ms. */
async function timeOf(work: (time: ThreadTime) => void): Promise<SpentTime> {
  const clock = new WallClock();
  const time = new ThreadTime(clock);
  await new Promise<void>((resolve) => {
    clock.schedule(() => {
      work(time);
      resolve();
    }, 40);
  });
  return time.take();
}

describe("where a thread's time goes", () => {
  it('what a turn of the clock does, and nobody else accounts for, is releasing', async () => {
    const spent = await timeOf((time) => {
      burn(20);
      time.add('strategies', 15);
    });
    expect(spent.strategies).toBe(15);
    expect(spent.releasing).toBeGreaterThanOrEqual(4.9);
  });

  it('until an action is due, the thread is idle', async () => {
    // A collection of the process's garbage may take all of that time.
    const before = performance.eventLoopUtilization();
    const { idle = 0 } = await timeOf(() => undefined);
    const waited = performance.eventLoopUtilization(before).idle;
    expect(idle).toBeGreaterThan(waited - 5);
    expect(idle).toBeLessThan(waited + 5);
  });

  it('what is done outside of a turn is neither releasing nor idle', async () => {
    const clock = new WallClock();
    const time = new ThreadTime(clock);
    clock.schedule(() => undefined, 1_000);
    burn(20);
    time.add('reading', 20);
    const { reading, idle = 0, releasing } = time.take();
    clock.clear();
    expect([reading, releasing]).toEqual([20, 0]);
    expect(idle).toBeLessThan(5);
  });

  it('is never more than the time that passed', async () => {
    const began = performance.now();
    const spent = await timeOf((time) => {
      burn(10);
      time.add('processor', 3);
      time.add('strategies', 4);
    });
    expect(totalOf(spent)).toBeLessThanOrEqual(performance.now() - began + 0.5);
  });

  it('before the first rows there is nothing but the opening, and what was built of them', async () => {
    const spent = await timeOf((time) => {
      burn(10);
      time.add('reading', 10);
      time.open(15, 2);
    });
    expect(spent).toMatchObject({ opening: 13, building: 2 });
    expect(spent).not.toHaveProperty('reading');
  });

  it('a stopwatch of work stands still while the thread waits', async () => {
    const began = workStopwatch();
    await sleep(50);
    expect(workStopwatch() - began).toBeLessThan(25);
    burn(10);
    expect(workStopwatch() - began).toBeGreaterThanOrEqual(9.9);
  });
});
