import fc from 'fast-check';
import { capacityOf } from '../../../src/capacity/capacity';
import { parseChanges } from '../../../src/capacity/change';
import { originOf } from '../../../src/capacity/work';
import type { Timings } from '../../../src/journal';
import { repetitions } from '../../support/properties';
import { COSTS, knownTimings } from './knownCosts';

let timings: Timings;
beforeAll(async () => {
  timings = await knownTimings();
});

const origin = (): number => originOf(timings, 60);
const given = (whatIf = '') => ({
  origin: origin(),
  warmUp: 0,
  changes: whatIf === '' ? [] : parseChanges(whatIf, timings),
});

describe('the speeds', () => {
  it('the sustainable one is the last at which neither edge is worse than low', () => {
    const { sustainableSpeed, critical } = capacityOf(timings, given());
    const { curve } = capacityOf(timings, {
      ...given(),
      speeds: [sustainableSpeed, sustainableSpeed * 1.001],
    });
    const grades = curve.map(({ edges }) => Object.values(edges).map(({ grade }) => grade));
    expect(grades[0]?.every((grade) => grade === 'low' || grade === 'perfect')).toBe(true);
    expect(grades[1]).toContain('medium');
    const [first] = critical;
    const around = capacityOf(timings, {
      ...given(),
      speeds: [(first?.speed ?? 0) * 0.999, (first?.speed ?? 0) * 1.001],
    }).curve.map(({ edges }) => edges['processor-analysis'].grade);
    expect([first?.edge, around]).toEqual(['processor-analysis', ['medium', 'high']]);
  });

  it('the average one is market time over the time of the busiest stage', () => {
    const { averageSpeed, busiest, counted } = capacityOf(timings, given());
    const derived = timings.updates.length - counted.items;
    const busyMs = counted.items * COSTS.base + derived * COSTS.derived;
    expect(busiest).toBe('analysis');
    expect(averageSpeed).toBeCloseTo((200 * 60_000) / busyMs, 9);
    const { curve } = capacityOf(timings, { ...given(), speeds: [averageSpeed] });
    expect(curve[0]?.stages.analysis.utilization).toBeCloseTo(1, 9);
  });
});

describe('the warm-up', () => {
  const slowAtFirst = (count: number, factor: number): Timings => ({
    ...timings,
    updates: {
      ...timings.updates,
      service: timings.updates.service.map((ms, u) =>
        (timings.updates.cause[u] ?? 0) < count ? ms * factor : ms,
      ),
    },
  });
  const hasWarmUp = (cold: Timings): boolean =>
    capacityOf(cold, { origin: origin(), speeds: [] }).warmUp !== undefined;

  it('is served with the times of what follows: its arrivals count', () => {
    const cold = capacityOf(slowAtFirst(10, 100), { ...given(), warmUp: 10 });
    const warm = capacityOf(timings, given());
    expect(cold.sustainableSpeed).toBeCloseTo(warm.sustainableSpeed, 6);
    expect(cold.counted).toEqual(warm.counted);
    expect(cold.warmUp?.items).toBe(10);
  });

  it('is no opening that is as slow as what follows', () => {
    expect(hasWarmUp(timings)).toBe(false);
  });

  it('is no opening with more work than code needs to warm up', () => {
    expect(hasWarmUp(slowAtFirst(40, 3))).toBe(false);
  });
});

describe('what if', () => {
  it('nothing that is faster makes it slower', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('analysis', 'processor', 'all', 'symbol:AAA', 'interval:5m'),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (name, factor) => {
          const before = capacityOf(timings, { ...given(), speeds: [] }).sustainableSpeed;
          const changes = parseChanges(`${name}*1`, timings).map((change) => ({
            ...change,
            factor,
          }));
          const { sustainableSpeed } = capacityOf(timings, { ...given(), changes, speeds: [] });
          // As exact as the search.
          expect(sustainableSpeed).toBeGreaterThan(before * 0.999);
        },
      ),
      repetitions(30),
    );
  });
});

describe('what would help most', () => {
  it('is ranked by what a fifth less of it would do, and equals the what-if of it', () => {
    const { sustainableSpeed, gains } = capacityOf(timings, { ...given(), gains: true });
    const ranked = gains?.ranked ?? [];
    const speeds = ranked.map(({ fasterSpeed }) => fasterSpeed);
    expect(speeds).toEqual([...speeds].sort((a, b) => b - a));
    expect(ranked.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'interval 1m',
      'interval 5m',
      'stage processor',
      'strategy all',
      'strategy slow, but sure',
      'symbol AAA',
      'symbol BBB',
      'symbol CCC',
    ]);
    const slow = ranked.find(({ name }) => name === 'slow, but sure');
    const whatIf = (text: string) => capacityOf(timings, given(text)).sustainableSpeed;
    expect((slow?.goneSpeed ?? 0) / whatIf('slow, but sure*0')).toBeCloseTo(1, 2.5);
    expect((slow?.fasterSpeed ?? 0) / whatIf('slow, but sure*0.8')).toBeCloseTo(1, 2.5);
    expect(slow?.fasterSpeed).toBeGreaterThan(sustainableSpeed);
    expect(ranked.find(({ kind }) => kind === 'stage')).not.toHaveProperty('goneSpeed');
  });
});
