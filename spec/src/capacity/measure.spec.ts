import { measure } from '../../../src/capacity/measure';
import type { Run } from '../../../src/replay';
import type { Strategy } from '../../../streams';
import { fromBars, fromTicks } from '../../../streams/sources';
import { failure } from '../../support/collect';
import { minute } from '../journal/given';
import { minutes } from './given';
import { temporaryFolder } from './temporaryFolder';

const left = temporaryFolder();
const market = (count: number) => fromBars(minutes(['SPY'], count), { interval: 60_000_000 });
/** Does something at the third bar that it hears of. */
const atThird = (act: () => void): Strategy => {
  let heard = 0;
  return {
    name: 'third',
    onBar() {
      if ((heard += 1) === 3) act();
    },
  };
};

describe('a measurement', () => {
  it('has every item, with what it took at each stage', async () => {
    const serviceTimes = { processor: 2, analysis: 3 };
    const { timings } = await measure(market(50), { serviceTimes });
    const ends = [...minutes(['SPY'], 50)].map(({ end }) => end);
    expect([...timings.items.time]).toEqual(ends);
    expect([new Set(timings.items.service), new Set(timings.updates.service)]).toEqual([
      new Set([2]),
      new Set([3]),
    ]);
    expect(timings.updates.length).toBe(ends.length);
  });

  it('pushes back: nothing is counted, however long an item takes', async () => {
    let run: Run | undefined;
    await measure(market(20), { serviceTimes: { processor: 1e6, analysis: 1e6 } }, (started) => {
      run = started;
    });
    const report = run?.report();
    expect(Object.values(report?.edges ?? {}).map((edge) => Number(edge.backpressure))).toEqual([
      0, 0,
    ]);
    expect(report?.run.mode).toBe('data');
  });

  it.each([
    ['the first row', fromTicks([{ symbol: 'A', time: 90_000_000, price: 1 }]), {}, 90_000_000],
    ['where it is told to begin', market(5), { from: minute(2) }, minute(2)],
    ['nothing, of nothing', fromTicks([]), {}, 0],
  ])('has its clock start at %s', async (_title, source, options, origin) => {
    expect((await measure(source, options)).origin).toBe(origin);
  });

  it('says what garbage was collected in it', async () => {
    const { pauses } = await measure(market(50), {});
    expect(pauses.observedMs).toBeGreaterThan(0);
    expect(pauses.totalMs).toBeLessThanOrEqual(pauses.observedMs);
  });

  it('that is stopped counts as far as it went', async () => {
    let run: Run | undefined;
    const strategies = [atThird(() => run?.stop())];
    const { timings } = await measure(market(50), { strategies }, (started) => {
      run = started;
    });
    expect(timings.updates.length).toBeGreaterThanOrEqual(2);
    expect(timings.items.length).toBeLessThan(10);
    expect(left()).toEqual([]);
  });

  it('that fails rejects with the reason', async () => {
    const strategies = [
      atThird(() => {
        throw failure;
      }),
    ];
    const measured = measure(market(50), { strategies, strict: true });
    await expect(measured).rejects.toThrow(failure.message);
    expect(left()).toEqual([]);
  });

  it('leaves no file behind', async () => {
    await measure(market(5), {});
    expect(left()).toEqual([]);
  });
});
