import { existsSync } from 'node:fs';
import { instrumentOf, measureRun, poisson, strategyOf } from '../../bench/src/threads/measureRun';
import { dueTimes } from '../../bench/src/threads/notReadyShares';
import * as instruments from '../../bench/src/threads/instrument';
import * as loads from '../../bench/src/threads/syntheticLoad';
import { fromTicks } from '../../streams/sources';
import { failure } from '../support/collect';

const gapsOf = (times: readonly number[]): number[] =>
  times.map((time, index) => time - (times[index - 1] ?? 0));

describe('Poisson arrivals', () => {
  const COUNT = 20_000;
  const times = dueTimes(poisson(COUNT, 5, 1));
  const gaps = gapsOf(times);

  it('are as many as asked for, each later than the one before', () => {
    expect([times.length, Math.min(...gaps) > 0]).toEqual([COUNT, true]);
  });

  it('have exponential gaps: their mean, and e to the minus k of them longer than k times that', () => {
    expect((times.at(-1) ?? 0) / COUNT / 5).toBeCloseTo(1, 1.3);
    for (const k of [0.5, 1, 2]) {
      expect(gaps.filter((gap) => gap > k * 5).length / COUNT).toBeCloseTo(Math.exp(-k), 1.6);
    }
  });

  it('are the same for the same seed alone', () => {
    expect(dueTimes(poisson(100, 5, 1))).toEqual(times.slice(0, 100));
    expect(dueTimes(poisson(100, 5, 2))).not.toEqual(times.slice(0, 100));
  });
});

describe('work for another thread', () => {
  const load = { microseconds: 7 };

  it.each([
    ['a strategy', strategyOf(load), loads, load],
    [
      'an instrument',
      instrumentOf({ load: { processor: load } }),
      instruments,
      { load: { processor: load } },
    ],
  ])('%s is a function of a module that is there', (_, reference, exported, given) => {
    const { module, export: name = '', argument } = reference;
    expect([existsSync(module), name in exported, argument]).toEqual([true, true, given]);
  });
});

describe('a measured run', () => {
  const every10 = (count: number) =>
    fromTicks(
      Array.from({ length: count }, (_, n) => ({
        symbol: 'A',
        time: 10_000 * (n + 1),
        price: 1,
      })),
    );
  const simulated = (processor: number, analysis: number, count = 20) =>
    measureRun(every10(count), { time: 'simulated', serviceTimes: { processor, analysis } });

  it('counts both edges: the second server is too slow, and all but its first item wait', async () => {
    const { edges, serviceUs } = await simulated(4, 15);
    expect(edges).toEqual({
      'coordinator-processor': { delivered: 20, events: 0, behind: 0, share: 0, seen: 0 },
      'processor-analysis': { delivered: 20, events: 19, behind: 19, share: 0.95, seen: 0 },
    });
    expect(serviceUs).toEqual({ processor: 4_000, analysis: 15_000 });
  });

  it('tells bursts from those who are behind', async () => {
    const burst = fromTicks(
      [1, 1, 1, 9].map((ms) => ({ symbol: 'A', time: ms * 1_000, price: 1 })),
    );
    const serviceTimes = { processor: 1, analysis: 0 };
    const { edges } = await measureRun(burst, { time: 'simulated', serviceTimes });
    expect(edges['coordinator-processor']).toMatchObject({ delivered: 4, events: 2, behind: 0 });
  });

  it('of nothing has shares of nothing', async () => {
    const { edges, serviceUs } = await simulated(1, 1, 0);
    expect(edges['processor-analysis']).toEqual({
      delivered: 0,
      events: 0,
      behind: 0,
      share: 0,
      seen: 0,
    });
    expect(serviceUs).toEqual({ processor: 0, analysis: 0 });
  });

  it('that fails throws why', async () => {
    const onBar = (): never => {
      throw failure;
    };
    const strategies = [{ name: 'faulty', onBar }];
    const run = measureRun(every10(3), { time: 'simulated', strict: true, strategies });
    await expect(run).rejects.toThrow(failure.message);
  });
});
