import fc from 'fast-check';
import type { ReplayOptions } from '../../../src/replay';
import type { Report } from '../../../src/report';
import { isPressed } from '../../../src/report/grades';
import { every, minuteOf, planted, S } from './plant';
import type { Planted } from './plant';

/** A number in [0, 1) that depends on `n` alone. */
const noise = (n: number): number => {
  const x = Math.sin(n * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
};

/** Arrivals of a Poisson process: microseconds, one a second in the mean. */
function* poisson(count: number): Generator<number> {
  let time = 0;
  for (let n = 0; n < count; n += 1) {
    time += Math.max(1, Math.round(-Math.log(1 - noise(n)) * S));
    yield time;
  }
}

const LOADS: Readonly<Record<string, Planted>> = {
  'one symbol, constant': { times: [...every(S, 600)], strategies: { spin: () => 6 } },
  'three symbols, two intervals': {
    times: [...every(S, 600)],
    symbols: ['AAA', 'BBB', 'CCC'],
    strategies: { spin: () => 1.5 },
    options: { derive: ['5s'] },
  },
  'slow on derived bars': {
    times: [...every(S, 600)],
    strategies: { spin: ({ interval }) => (interval === '5s' ? 20 : 0.5) },
    options: { derive: ['5s'] },
  },
  'a leak': { times: [...every(S, 600)], strategies: { spin: (_, n) => n * 0.02 } },
  'Poisson arrivals of ticks': {
    times: [...poisson(2_000)],
    length: 0,
    strategies: { spin: () => 3 },
  },
  'both stages, with noise': {
    times: [...every(S, 900)],
    processor: (n) => 8 * noise(n),
    strategies: { spin: (bar, n) => 8 * noise(n + 7) + (minuteOf(bar) === 5 ? 5 : 0) },
  },
};

const at = (plant: Planted, speed: number): Promise<Report> =>
  planted({ ...plant, options: { ...plant.options, speed } });

const isCalm = ({ edges }: Report): boolean =>
  Object.values(edges).every(({ grade }) => !isPressed(grade));

describe('the sustainable speed', () => {
  it.each(Object.entries(LOADS))('holds, and no more: %s', async (_, plant) => {
    const { verdict } = await at(plant, 50);
    const speed = verdict.sustainableSpeed ?? NaN;
    for (const factor of [0.5, 0.9, 0.99]) {
      expect(isCalm(await at(plant, speed * factor))).toBe(true);
    }
    for (const factor of [1.01, 1.1]) {
      expect(isCalm(await at(plant, speed * factor))).toBe(false);
    }
  });

  it.each(Object.entries(LOADS))(
    'is the same at whichever speed it is measured: %s',
    async (_, plant) => {
      const [slow, fast] = [(await at(plant, 20)).verdict, (await at(plant, 400)).verdict];
      expect(fast.stableSpeed).toBeCloseTo(slow.stableSpeed ?? NaN, 6);
      expect((fast.sustainableSpeed ?? NaN) / (slow.sustainableSpeed ?? NaN)).toBeCloseTo(1, 2);
    },
  );

  it('counts what an inbox dropped', async () => {
    const { verdict } = await planted({
      times: every(S, 3_600),
      strategies: { spin: () => 20 },
      options: { speed: 100, inbox: 100, overflow: 'dropOldest' },
    });
    expect(verdict).toMatchObject({ estimated: true, pattern: 'overload' });
    expect(verdict.sustainableSpeed).toBeCloseTo(50, 1);
    expect(verdict.stableSpeed).toBeCloseTo(50, 1);
  });
});

/** What depends on the machine, by its path. */
const OF_THE_MACHINE = new Set(['run.wallSeconds', 'run.startedAt', 'run.id']);

/** The report without it. */
const withoutWall = (report: Report): unknown =>
  Object.fromEntries(
    Object.entries(report).map(([part, value]: [string, unknown]) => [
      part,
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value).filter(([name]) => !OF_THE_MACHINE.has(`${part}.${name}`)),
          )
        : value,
    ]),
  );

const burn = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

it('is the same report, however slow the machine: only service times decide', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(0, 2, 8, 12, 40), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(0.2, 1, 2),
      fc.constantFrom<ReplayOptions>(
        {},
        { mode: 'data' },
        { engine: 'operators' },
        { inbox: 5, overflow: 'dropOldest' },
      ),
      async (services, ms, options) => {
        const plant: Planted = {
          times: [...every(S, 150)],
          symbols: ['AAA', 'BBB'],
          strategies: { spin: (_, n) => services[n % services.length] ?? 0 },
          options: { speed: 100, derive: ['5s'], ...options },
        };
        const fast = await planted(plant);
        let n = 0;
        const disturb = (): void => {
          n += 1;
          if (n % 3 === 0) burn(ms);
        };
        expect(withoutWall(await planted({ ...plant, disturb }))).toEqual(withoutWall(fast));
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);
