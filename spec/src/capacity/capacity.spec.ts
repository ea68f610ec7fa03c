import fc from 'fast-check';
import { answerOf } from '../../../src/capacity/answer';
import { speedFrom, speedUpTo } from '../../../src/report/speedText';
import { capacityOf } from '../../../src/capacity/capacity';
import { parseChanges, WhatIfError } from '../../../src/capacity/change';
import { gainsOf } from '../../../src/capacity/gains';
import { rework } from '../../../src/capacity/rework';
import { originOf, spanOf } from '../../../src/capacity/work';
import type { Timings } from '../../../src/journal';
import type { Strategy } from '../../../streams';
import { minute } from '../journal/given';
import { timedReplay } from './given';

const named = (name: string, ...intervals: string[]): Strategy => ({
  name,
  ...(intervals.length === 0 ? {} : { intervals }),
  onBar: () => undefined,
});

/** What it costs is known: each symbol's and interval's bars the same at each of the two stages. */
const COSTS = { processor: 20, base: 100, derived: 1_500 };
let timings: Timings;
beforeAll(async () => {
  const recorded = await timedReplay({
    derive: ['5m'],
    speed: 60,
    strategies: [named('all'), named('slow, but sure', '5m')],
    serviceTimes: {
      processor: COSTS.processor,
      analysis: ({ interval }) => (interval > 0 ? COSTS.derived : COSTS.base),
    },
  });
  const { parts, updates, series } = recorded.timings;
  // Of a derived bar, the second strategy takes two thirds; `all` takes the rest, and all of a base bar.
  const took = new Float32Array(parts.length);
  for (let u = 0; u < updates.length; u += 1) {
    const first = updates.firstPart[u] as number;
    const isBase = series[updates.series[u] as number]?.interval === '1m';
    took[first] = isBase ? COSTS.base : 500;
    if (!isBase) took[first + 1] = 1_000;
  }
  timings = { ...recorded.timings, parts: { ...parts, took } };
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
    expect(curve[0]?.stages.analysis.utilisation).toBeCloseTo(1, 9);
  });
});

describe('the warm-up', () => {
  it('is neither served nor counted, and what it took is told', () => {
    const items = {
      ...timings.items,
      service: timings.items.service.map((ms, i) => (i < 10 ? 1e6 : ms)),
    };
    const cold = capacityOf({ ...timings, items }, { ...given(), warmUp: 10 });
    const { sustainableSpeed } = capacityOf(timings, { ...given(), warmUp: 10 });
    expect(cold.sustainableSpeed).toBe(sustainableSpeed);
    expect(cold.warmUp?.items).toBeGreaterThanOrEqual(10);
    expect(cold.warmUp?.meanMs).toBeGreaterThan(5e5);
    expect(cold.counted.items).toBeLessThan(capacityOf(timings, given()).counted.items);
  });
});

describe('what if', () => {
  it.each([
    ['analysis*0.5', [['stage', 'analysis', 0.5]]],
    [
      'all*0, symbol:BBB*.25',
      [
        ['strategy', 'all', 0],
        ['symbol', 'BBB', 0.25],
      ],
    ],
    [
      'slow, but sure*2,interval:5m*0',
      [
        ['strategy', 'slow, but sure', 2],
        ['interval', '5m', 0],
      ],
    ],
    ['strategy:all*1', [['strategy', 'all', 1]]],
  ])('%j is understood', (text, changes) => {
    const read = parseChanges(text, timings).map(({ kind, name, factor }) => [kind, name, factor]);
    expect(read).toEqual(changes);
  });

  it.each([
    ['', /^no change; write NAME\*FACTOR/],
    ['all', /^all: no change/],
    ['all*-1', /^all\*-1: no change/],
    ['*2', /^\*2: no change/],
    ['5m*0', /^5m: an interval is written interval:5m$/],
    ['symbol:ZZZ*0', /no such symbol; there are AAA, BBB, CCC/],
    ['nobody*0', /neither a stage nor a strategy; there are processor, analysis, all/],
  ])('%j is refused', (text, said) => {
    expect(() => parseChanges(text, timings)).toThrow(WhatIfError);
    expect(() => parseChanges(text, timings)).toThrow(said);
  });

  const busy = (whatIf: string) => {
    const work = rework(timings, parseChanges(whatIf, timings));
    const sum = (values: Float64Array): number => values.reduce((all, each) => all + each, 0);
    return { work, first: sum(work.items.service), second: sum(work.updates.service) };
  };

  it('a stage, a strategy, an interval take that part of their time', () => {
    const { first, second, work } = busy('analysis*1');
    const derived = work.updates.length - work.items.series.filter((series) => series >= 0).length;
    expect(busy('processor*0.5').first).toBeCloseTo(first / 2, 6);
    expect(busy('analysis*0.25').second).toBeCloseTo(second / 4, 6);
    expect(busy('slow, but sure*0').second).toBeCloseTo(second - derived * 1_000, 6);
    expect(busy('slow, but sure*0.5,all*0').second).toBeCloseTo(derived * 500, 6);
    expect(busy('interval:5m*0.5').second).toBeCloseTo(second - derived * 750, 6);
    expect(busy('interval:5m*0').work.updates.length).toBe(work.updates.length - derived);
    expect(busy('interval:1m*0').first).toBe(first);
  });

  it('without a symbol, things are as if it had not been there', async () => {
    const serviceTimes = { processor: COSTS.processor, analysis: COSTS.base };
    const options = { derive: ['5m'], speed: 60, serviceTimes };
    const both = (await timedReplay(options, ['AAA', 'BBB'])).timings;
    const { work } = { work: rework(both, parseChanges('symbol:BBB*0', both)) };
    const alone = (await timedReplay(options, ['AAA'])).timings;
    // Watermarks come with instants: the other symbol's leave some behind that cost what is left of them.
    const bars = ({ items }: typeof work) =>
      [...items.time].filter((_, i) => (items.series[i] as number) >= 0);
    expect(bars(work)).toEqual(bars(alone));
    expect(work.updates.length).toBe(alone.updates.length);
    const causes = ({ items, updates }: typeof work) =>
      [...updates.cause].map((at) => items.time[at]);
    expect(causes(work)).toEqual(causes(alone));
  });

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
      { numRuns: 30 },
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
      'stage analysis',
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

  it('leaves out what is gone already', () => {
    const { changes } = given('slow, but sure*0');
    const span = spanOf(timings, origin());
    const { ranked } = gainsOf(timings, changes, span, 1);
    expect(ranked.map(({ name }) => name)).not.toContain('slow, but sure');
  });
});

describe('the answer in one line', () => {
  it('says up to where, from where on, and what there would be room for', () => {
    const window = { from: minute(810), to: minute(811), stage: 'analysis' as const, speed: 4.04 };
    const capacity = {
      ...capacityOf(timings, given()),
      sustainableSpeed: 38.97,
      averageSpeed: 90.2,
      critical: [{ edge: 'processor-analysis' as const, speed: 40.1 }],
      worstWindow: window,
      span: { from: minute(0), to: minute(1440) },
    };
    expect(answerOf(capacity)).toBe(
      'keeps up to 38× real time; from 41× processor→analysis is critical; over the whole day ' +
        'there would be room for 90×, in the busiest minute (13:30 UTC) only for 4.04×',
    );
    const days = { ...capacity, span: { from: minute(0), to: minute(4320) } };
    expect(answerOf(days)).toContain(
      'over all 3 days there would be room for 90×, in the busiest minute (2024-08-08 13:30 UTC)',
    );
  });

  it.each([
    [1234.5, '1,234×', '1,235×'],
    [38, '38×', '38×'],
    [3.1, '3.1×', '3.1×'],
    [0.04567, '0.0456×', '0.0457×'],
    [0, '0×', 'any speed'],
    [Infinity, 'any speed', 'no speed'],
  ])('%d is %s up to and %s from', (speed, upTo, from) => {
    expect([speedUpTo(speed), speedFrom(speed)]).toEqual([upTo, from]);
  });
});
