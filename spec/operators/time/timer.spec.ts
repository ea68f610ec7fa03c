import { VirtualTimeScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { VirtualClock } from '../../../operators';
import { timerOn } from '../../../operators/time/timer';

const worlds: [
  string,
  () => { scheduler: SchedulerLike; until: (time: number) => Promise<void> },
][] = [
  [
    'a virtual clock',
    () => {
      const scheduler = new VirtualClock();
      const until = (time: number): Promise<void> =>
        new Promise((resolve) =>
          scheduler.schedule(() => {
            resolve();
          }, time),
        );
      return { scheduler, until };
    },
  ],
  [
    'any scheduler',
    () => {
      const scheduler = new VirtualTimeScheduler();
      const until = (): Promise<void> => {
        scheduler.flush();
        return Promise.resolve();
      };
      return { scheduler, until };
    },
  ],
];

describe.each(worlds)('alarm on %s', (_name, world) => {
  const scene = () => {
    const { scheduler, until } = world();
    const log: number[] = [];
    const bell = timerOn(scheduler, () => log.push(scheduler.now()));
    return { scheduler, until, log, bell };
  };

  it('rings once, at its time', async () => {
    const { bell, log, until } = scene();
    bell.set(5);
    const before = bell.isSet;
    await until(9);
    expect([before, log, bell.isSet]).toEqual([true, [5], false]);
  });

  it('set anew, it rings at the later word only', async () => {
    const { bell, log, until } = scene();
    bell.set(5);
    bell.set(3);
    await until(9);
    expect(log).toEqual([3]);
  });

  it('cancelled, it does not ring', async () => {
    const { bell, log, until } = scene();
    bell.set(5);
    bell.cancel();
    bell.cancel();
    await until(9);
    expect([bell.isSet, log]).toEqual([false, []]);
  });

  it('can be set again while it rings', async () => {
    const { scheduler, until } = scene();
    const log: number[] = [];
    const bell = timerOn(scheduler, () => {
      log.push(scheduler.now());
      if (log.length < 3) bell.set(scheduler.now() + 2);
    });
    bell.set(1);
    await until(9);
    expect(log).toEqual([1, 3, 5]);
  });

  it('cancelled among others, it leaves them their order', async () => {
    const { scheduler, bell, log, until } = scene();
    const others = [4, 2, 8].map((at) => {
      const other = timerOn(scheduler, () => log.push(-at));
      other.set(at);
      return other;
    });
    bell.set(3);
    bell.cancel();
    others[2]?.cancel();
    await until(9);
    expect(log).toEqual([-2, -4]);
  });
});
