import fc from 'fast-check';
import { seededRandom } from '../../../src/generate/random';
import { tandem } from '../../../src/capacity/tandem';
import type { EdgeCounts } from '../../../src/capacity/tandem';
import { originOf, spanOf } from '../../../src/capacity/work';
import type { EdgeReport } from '../../../src/report';
import { countsOf, lindley } from '../../support/lindley';
import type { Fate } from '../../support/lindley';
import { works } from './arbitraryWork';
import { timedReplay, workOf } from './given';

const numbersOf = ({ delivered, backpressure, burst, behind, overruns }: EdgeCounts) => ({
  delivered,
  backpressure,
  burst,
  behind,
  overrun: overruns,
});

describe('the recursion, on known queues', () => {
  const COUNT = 200_000;
  const random = seededRandom(42);
  const exponential = (mean: number): number => mean * random.exponential();
  const poisson = (): number[] => {
    let at = 0;
    return Array.from({ length: COUNT }, () => (at += exponential(1)));
  };
  const many = (draw: () => number): number[] => Array.from({ length: COUNT }, draw);
  const run = (first: number[], second: number[] = []) => {
    const work = workOf(poisson(), first, second);
    return tandem(work, spanOf(work, 0), 1);
  };

  it.each([0.3, 0.6, 0.8])('M/D/1 at ρ = %d: a share ρ waits, Pollaczek–Khinchine long', (rho) => {
    const { first } = run(many(() => rho));
    expect(first.backpressure / COUNT).toBeCloseTo(rho, 1.9);
    expect(first.waitMeanMs / ((rho * rho) / (2 * (1 - rho)))).toBeCloseTo(1, 1);
  });

  it.each([0.3, 0.6, 0.8])('M/M/1 at ρ = %d: a share ρ waits, ρ²/(1 - ρ) long', (rho) => {
    const { first } = run(many(() => exponential(rho)));
    expect(first.backpressure / COUNT).toBeCloseTo(rho, 1.9);
    expect(first.waitMeanMs / ((rho * rho) / (1 - rho))).toBeCloseTo(1, 1);
    // P(W > t) = ρ exp(-(1/ρ - 1) t)
    const p99 = Math.log(rho / 0.01) / (1 / rho - 1);
    expect(first.waitP99Ms / p99).toBeCloseTo(1, 0.9);
  });

  it('M/M/1 → M/1: departures are Poisson again (Burke)', () => {
    const { second } = run(
      many(() => exponential(0.5)),
      many(() => exponential(0.7)),
    );
    expect(second.backpressure / COUNT).toBeCloseTo(0.7, 1.9);
    expect(second.waitMeanMs / (0.49 / 0.3)).toBeCloseTo(1, 0.9);
  });

  it('M/D/1 → D: the faster constant server is never found busy, the slower one at its own ρ', () => {
    expect(
      run(
        many(() => 0.8),
        many(() => 0.5),
      ).second.backpressure,
    ).toBe(0);
    const { second } = run(
      many(() => 0.5),
      many(() => 0.8),
    );
    expect(second.backpressure / COUNT).toBeCloseTo(0.8, 1.9);
  });
});

type Made = typeof works extends fc.Arbitrary<infer W> ? W : never;

/** What becomes of every single item and update, by comparing all with all. */
function fatesOf({ items, updates }: Made, speed: number): { first: Fate[]; second: Fate[] } {
  const first = lindley(
    [...items.time].map((time, i) => {
      const due = time / 1_000 / speed;
      return { offered: due, due, service: items.service[i] as number };
    }),
  );
  const second = lindley(
    [...updates.cause].map((cause, u) => {
      const { finish: offered, due } = first[cause] as Fate;
      return { offered, due, service: updates.service[u] as number };
    }),
  );
  return { first: first.filter((_, i) => items.series[i] === 0), second };
}

const deepest = (fates: readonly Fate[]): number =>
  Math.max(
    0,
    ...fates.map(
      ({ offered }, i) => fates.slice(0, i + 1).filter(({ start }) => start > offered).length,
    ),
  );

describe('the recursion, beside a queue played event by event', () => {
  const speeds = fc.constantFrom(0.5, 1, 2, 4, 1 / 3, 7.3);

  it('counts the same, however deep the inbox, whatever the watermarks', () => {
    fc.assert(
      fc.property(works, speeds, (work, speed) => {
        const { first, second } = tandem(work, spanOf(work, 0), speed);
        const expected = fatesOf(work, speed);
        for (const [edge, fates] of [
          [first, expected.first],
          [second, expected.second],
        ] as const) {
          expect(numbersOf(edge)).toEqual(countsOf(fates));
          expect(edge.deepestInbox).toBe(deepest(fates));
          const waits = fates.map(({ start, offered }) => start - offered).sort((a, b) => a - b);
          expect(edge.waitMaxMs).toBe(waits.at(-1) ?? 0);
          const median = waits[Math.max(0, Math.ceil(waits.length / 2) - 1)] ?? 0;
          expect(Math.abs(edge.waitP50Ms - median)).toBeLessThanOrEqual(median / 128);
        }
      }),
    );
  });

  it('keeps count of an inbox deeper than it has room for at first', () => {
    const count = 5_000;
    const work = workOf(new Array<number>(count).fill(0), new Array<number>(count).fill(1));
    const { first } = tandem(work, spanOf(work, 0), 1);
    expect(first).toMatchObject({ deepestInbox: count - 1, burst: count - 1, behind: 0 });
    expect(first.waitMaxMs).toBe(count - 1);
  });
});

describe('the recursion, beside the simulated run of the same service times', () => {
  const reported = (edge: EdgeReport) => ({
    delivered: Number(edge.delivered),
    backpressure: Number(edge.backpressure),
    burst: Number(edge.burst),
    behind: Number(edge.behind),
    overrun: Number(edge.overruns),
  });
  const options = { derive: ['5m', '15m'] };

  it.each([
    ...[0.5, 3, 60, 61.7, 240, 1_000, 1e6].map((speed) => [speed, 0] as const),
    // Many an item then comes at the very instant at which the one before is finished.
    ...[30, 60, 120].map((speed) => [speed, 250] as const),
  ])(
    'counts exactly the same at speed %d, with service times in steps of %d ms',
    async (speed, step) => {
      const { uniform } = seededRandom(7);
      const draw = (): number => (step === 0 ? uniform() * 400 : Math.floor(uniform() * 4) * step);
      const recorded = await timedReplay({
        ...options,
        speed: 60,
        serviceTimes: { processor: draw, analysis: draw },
      });
      const { items, updates } = recorded.timings;
      let item = 0;
      let update = 0;
      const again = await timedReplay({
        ...options,
        speed,
        serviceTimes: {
          processor: () => items.service[item++] as number,
          analysis: () => updates.service[update++] as number,
        },
      });
      const span = spanOf(recorded.timings, originOf(recorded.timings, 60));
      const { first, second } = tandem(recorded.timings, span, speed);
      const { edges } = again.report;
      expect(numbersOf(first)).toEqual(reported(edges['coordinator-processor']));
      expect(numbersOf(second)).toEqual(reported(edges['processor-analysis']));
      expect(second.delivered).toBeGreaterThan(600);
    },
  );
});
