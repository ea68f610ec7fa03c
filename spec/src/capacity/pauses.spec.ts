import { collectGarbage } from '../../support/collectGarbage';
import { watchPauses } from '../../../src/capacity/pauses';
import type { Pauses } from '../../../src/capacity/pauses';

/** What is told of a collection is told in a task of its own. */
const told = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function during(work: () => Promise<void> | void): Promise<Pauses> {
  const stop = watchPauses();
  await work();
  await told();
  return stop();
}

describe('pauses for garbage', () => {
  it('of the old generation are counted apart, among all of them', async () => {
    const { count, totalMs, maxMs, major, observedMs } = await during(collectGarbage);
    expect(major.count).toBeGreaterThanOrEqual(2);
    expect(count).toBeGreaterThanOrEqual(major.count);
    expect(major.totalMs).toBeGreaterThan(0);
    // One that had begun before the watch counts whole: so the sum may exceed the time observed.
    expect([major.totalMs <= totalMs, maxMs <= totalMs, observedMs > 0]).toEqual([
      true,
      true,
      true,
    ]);
    expect(maxMs * count).toBeGreaterThanOrEqual(totalMs);
  });

  it('of the young generation are none of the old one', async () => {
    const { count, major } = await during(() => {
      let kept: number[] = [];
      for (let n = 0; n < 20_000; n += 1) kept = new Array<number>(500).fill(kept.length);
    });
    expect(count).toBeGreaterThan(major.count);
  });

  it('before the watch and after it are none', async () => {
    await collectGarbage();
    const stop = watchPauses();
    const watched = stop();
    await collectGarbage();
    await told();
    expect([watched.major.count, stop().major.count]).toEqual([0, 0]);
  });
});
