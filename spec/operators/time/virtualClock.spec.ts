import { interval, take } from 'rxjs';
import { VirtualClock } from '../../../operators';
import { collect } from '../../support/collect';

const until = (clock: VirtualClock, time: number): Promise<void> =>
  new Promise((resolve) =>
    clock.schedule(() => {
      resolve();
    }, time),
  );
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('VirtualClock', () => {
  it('stands still while code runs, and then jumps from one action to the next', async () => {
    const clock = new VirtualClock();
    const log: number[] = [];
    const note = (): unknown => log.push(clock.now());
    clock.schedule(note, 86_400_000);
    clock.schedule(note, 0.5);
    note();
    await until(clock, 86_400_000);
    expect(log).toEqual([0, 0.5, 86_400_000]);
  });

  it('a day of seconds passes in no time', async () => {
    const clock = new VirtualClock();
    const seen = await collect(interval(1_000, clock).pipe(take(86_400)));
    expect([seen.length, clock.now()]).toEqual([86_400, 86_400_000]);
  });

  it('stands still while somebody holds it, and as long as anybody does', async () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    const [first, second] = [clock.hold(), clock.hold()];
    clock.schedule(() => log.push('passed'), 1);
    await turn();
    first.unsubscribe();
    first.unsubscribe();
    await turn();
    log.push(`let go at ${clock.now()}`);
    second.unsubscribe();
    await turn();
    expect(log).toEqual(['let go at 0', 'passed']);
  });

  it('held within an action, it does nothing more, not even at the same instant', async () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    clock.schedule(() => {
      const held = clock.hold();
      void turn().then(() => {
        log.push('let go');
        held.unsubscribe();
      });
    }, 1);
    clock.schedule(() => log.push('after'), 1);
    await until(clock, 2);
    expect(log).toEqual(['let go', 'after']);
  });

  it('leaves room for the event loop', async () => {
    const clock = new VirtualClock();
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 1);
    const end = performance.now() + 100;
    await new Promise<void>((resolve) => {
      clock.schedule(function () {
        if (performance.now() < end) this.schedule(undefined, 1);
        else resolve();
      });
    });
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(1);
  });

  it('keeps it 10 ms at a time, and looks at the time at every 16th action', async () => {
    let time = 1_000;
    const now = jest.spyOn(performance, 'now').mockImplementation(() => time);
    const clock = new VirtualClock();
    const done: number[] = [];
    const all = until(clock, 500);
    for (let n = 1; n < 400; n += 1) {
      clock.schedule(() => {
        time += 0.1;
        done.push(turns);
      }, n);
    }
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (done.length < 399) setImmediate(count);
    };
    setImmediate(count);
    await all;
    now.mockRestore();
    const inTurn = [0, 1, 2, 3].map((turn) => done.filter((n) => n === turn).length);
    expect(inTurn).toEqual([111, 111, 111, 66]);
  });

  it('what is scheduled within its time is done before the next turn of the event loop', async () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const clock = new VirtualClock();
    await until(clock, 1);
    const log: string[] = [];
    const next = turn().then(() => log.push('turn'));
    clock.schedule(() => log.push('action'), 1);
    await next;
    now.mockRestore();
    expect(log).toEqual(['action', 'turn']);
  });

  it('held, it keeps nobody awake', () => {
    const queued = [
      jest.spyOn(globalThis, 'queueMicrotask'),
      jest.spyOn(globalThis, 'setImmediate'),
    ];
    const clock = new VirtualClock();
    clock.hold();
    clock.schedule(() => undefined, 1);
    const calls = queued.map((spy) => spy.mock.calls.length);
    for (const spy of queued) spy.mockRestore();
    expect(calls).toEqual([0, 0]);
  });

  it('does not go back for an alarm that is set to the past', async () => {
    const clock = new VirtualClock();
    await until(clock, 5);
    const rung = await new Promise<number>((resolve) => {
      clock
        .timer(() => {
          resolve(clock.now());
        })
        .set(1);
    });
    expect(rung).toBe(5);
  });

  it('an action that throws throws to the event loop, and the others go on', async () => {
    const clock = new VirtualClock();
    const queue = jest.spyOn(globalThis, 'queueMicrotask').mockImplementation((run) => {
      void Promise.resolve()
        .then(run)
        .catch((error: unknown) => thrown.push(error));
    });
    const immediate = jest.spyOn(globalThis, 'setImmediate').mockImplementation(((
      run: () => void,
    ) => {
      queueMicrotask(run);
    }) as typeof setImmediate);
    const thrown: unknown[] = [];
    clock.schedule(() => {
      throw new Error('broken');
    }, 1);
    await until(clock, 2);
    queue.mockRestore();
    immediate.mockRestore();
    expect(thrown).toEqual([new Error('broken')]);
  });

  describe('advance: what an action can do by itself, where nothing else would happen', () => {
    /** What an action at 1 finds, and what time it is then. */
    const inAction = async (
      act: (clock: VirtualClock) => boolean,
      prepare: (clock: VirtualClock) => void = () => undefined,
    ): Promise<readonly [boolean, number]> => {
      const clock = new VirtualClock();
      prepare(clock);
      return new Promise((resolve) =>
        clock.schedule(() => {
          const moved = act(clock);
          resolve([moved, clock.now()]);
        }, 1),
      );
    };
    const toFive = (clock: VirtualClock): boolean => clock.advance(5);
    const at = (time: number) => (clock: VirtualClock) => {
      clock.schedule(() => undefined, time);
    };

    it.each<
      [string, (clock: VirtualClock) => boolean, (clock: VirtualClock) => void, boolean, number]
    >([
      ['moves the clock', toFive, () => undefined, true, 5],
      ['also where something is due later', toFive, at(6), true, 5],
      ['not where something is due before', toFive, at(4), false, 1],
      [
        'also where an action is scheduled for just then: a timer comes before',
        toFive,
        at(5),
        true,
        5,
      ],
      [
        'not where another timer is set for just then: it was there first',
        toFive,
        (clock) => {
          clock.timer(() => undefined).set(5);
        },
        false,
        1,
      ],
      [
        'not while somebody holds it',
        (clock) => (clock.hold(), clock.advance(5)),
        () => undefined,
        false,
        1,
      ],
      ['never back', (clock) => clock.advance(0), () => undefined, true, 1],
    ])('%s', async (_title, act, prepare, moved, now) => {
      expect(await inAction(act, prepare)).toEqual([moved, now]);
    });

    it('not where no action is under way', async () => {
      const clock = new VirtualClock();
      expect([clock.advance(5), clock.now()]).toEqual([false, 0]);
      await until(clock, 1);
      await turn();
      expect([clock.advance(5), clock.now()]).toEqual([false, 1]);
    });

    it('an action that goes on as far as it can, and is scheduled for the rest, leaves the event loop its turns', async () => {
      const clock = new VirtualClock();
      let turns = 0;
      let isDone = false;
      const count = (): void => {
        turns += 1;
        if (!isDone) setImmediate(count);
      };
      setImmediate(count);
      await new Promise<void>((resolve) => {
        const began = performance.now();
        clock.schedule(function () {
          while (clock.advance(clock.now() + 1));
          isDone = turns > 2 || performance.now() - began > 30_000;
          if (isDone) resolve();
          else this.schedule(undefined, 1);
        });
      });
      expect(turns).toBe(3);
    });

    it('not for longer than the event loop can wait', async () => {
      const [moved, now] = await inAction((clock) => {
        let steps = 1;
        while (clock.advance(steps + 1) && steps < 1e9) steps += 1;
        return steps === 1e9;
      });
      expect(moved).toBe(false);
      expect(now).toBeGreaterThan(100);
    });
  });
});
