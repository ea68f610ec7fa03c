import { throwError } from 'rxjs';
import { collectTimings } from '../../../src/capacity/collectTimings';
import type { CollectedTimings } from '../../../src/capacity/collectTimings';
import { JournalError } from '../../../src/journal';
import { replay } from '../../../src/replay';
import type { Run } from '../../../src/replay';
import { fromBars } from '../../../streams/sources';
import { failure } from '../../support/collect';
import { minute } from '../journal/given';
import { minutes } from './given';
import { temporaryFolder } from './temporaryFolder';

const left = temporaryFolder();

/** A replay of minutes whose n-th item takes n ms, followed by what is collected. */
function followed(collected: CollectedTimings, count: number): Run {
  let items = 0;
  const run = replay(fromBars(minutes(['SPY', 'QQQ'], count), { interval: 60_000_000 }), {
    derive: ['5m'],
    speed: 60,
    strategies: [{ name: 'idle', onBar: () => undefined }],
    serviceTimes: { processor: () => (items += 1), analysis: 7 },
    itemMeter: collected.recorder,
  });
  collected.follow(run);
  return run;
}

describe('collected timings', () => {
  it('are what each item of the run cost, with the names in it', async () => {
    const collected = collectTimings();
    const run = followed(collected, 10);
    await run.start().done;
    const { items, updates, ...names } = collected.read();
    collected.discard();
    expect(names).toMatchObject({ run: run.id, strategies: ['idle'], intervals: ['1m', '5m'] });
    expect(names.series).toContainEqual({ symbol: 'QQQ', interval: '5m' });
    expect([...items.service]).toEqual(Array.from({ length: items.length }, (_, n) => n + 1));
    expect(new Set(updates.service)).toEqual(new Set([7]));
    expect(items.time[0]).toBe(minute(1));
  });

  it('of a run that failed are what there was until then', async () => {
    const collected = collectTimings();
    let heard = 0;
    const onBar = (): undefined => {
      if ((heard += 1) === 3) throw failure;
    };
    const run = replay(fromBars(minutes(['SPY'], 9), { interval: 60_000_000 }), {
      speed: 60,
      strict: true,
      strategies: [{ name: 'faulty', onBar }],
      serviceTimes: { processor: 5, analysis: 0 },
      itemMeter: collected.recorder,
    });
    collected.follow(run);
    await expect(run.start().done).rejects.toThrow(failure.message);
    const { length, service } = collected.read().items;
    expect([length >= 3 && length < 9, new Set(service)]).toEqual([true, new Set([5])]);
    collected.discard();
  });

  it('are none of a run that never started', () => {
    const collected = collectTimings();
    collected.follow({ events$: throwError(() => failure) } as unknown as Run);
    expect(() => collected.read()).toThrow(JournalError);
    collected.discard();
  });

  it('leave nothing behind when they are discarded, read or not, once or twice', async () => {
    const [read, unread] = [collectTimings(), collectTimings()];
    await followed(read, 3).start().done;
    read.read();
    expect(left()).toHaveLength(2);
    for (const collected of [read, unread, read]) collected.discard();
    expect(left()).toEqual([]);
  });

  it('are read as often as one likes', async () => {
    const collected = collectTimings();
    await followed(collected, 3).start().done;
    expect(collected.read()).toEqual(collected.read());
    collected.discard();
  });
});
