import { interval, take } from 'rxjs';
import { VirtualClock } from '../../operators';
import { collect } from '../support/collect';

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
});
