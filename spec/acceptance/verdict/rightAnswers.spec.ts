import type { Report, Verdict } from '../../../src/report';
import { DAY, every, MINUTE, minuteOf, planted, S, START } from './plant';
import type { Planted } from './plant';

const speed = 100;

/** Days of a session each, bars every second. */
const sessions = (days: number, seconds: number): number[] =>
  Array.from({ length: days }, (_, day) => [...every(S, seconds, day * DAY)]).flat();

const SESSION = 390;
const isOpeningOrClose = (minute: number): boolean =>
  minute % 1_440 < 19 || minute % 1_440 >= SESSION - 19;

type Expected = Partial<Verdict> & Pick<Verdict, 'culprit'>;

const cases: readonly (readonly [string, Planted, Expected])[] = [
  [
    'overload in every session, with nights between',
    { times: sessions(3, 100), strategies: { spin: () => 15 } },
    { culprit: 'analysis', pattern: 'overload', scope: 'run', modifiers: [] },
  ],
  [
    'one minute of twenty',
    { times: every(S, 1_200), strategies: { spin: (bar) => (minuteOf(bar) === 10 ? 25 : 0) } },
    { culprit: 'analysis', pattern: 'overload', scope: 'run', modifiers: [] },
  ],
  [
    'the opening and the close of two days',
    {
      times: sessions(2, SESSION * 60),
      strategies: { spin: (bar) => (isOpeningOrClose(minuteOf(bar)) ? 12 : 1) },
    },
    { culprit: 'analysis', pattern: 'overload', scope: 'run', modifiers: ['scheduled'] },
  ],
  [
    'both stages',
    { times: every(S, 600), processor: () => 15, strategies: { spin: () => 40 } },
    { culprit: 'both', culprits: ['processor', 'analysis'], pattern: 'overload' },
  ],
  [
    'micro-bursts: 500 trades in 10 ms, then silence',
    {
      times: [...every(10 * S, 6)].flatMap((from) => [...every(20, 500, from)]),
      length: 0,
      strategies: { spin: () => 0.5 },
      options: { speed: 1 },
    },
    { culprit: 'analysis', pattern: 'bursty-arrivals' },
  ],
  [
    'one in a hundred that takes 300 ms',
    { times: every(S, 1_200), strategies: { spin: (_, n) => (n % 100 === 50 ? 300 : 0.01) } },
    { culprit: 'analysis', pattern: 'slow-items' },
  ],
  [
    'a leak',
    { times: every(S, 1_200), strategies: { spin: (_, n) => n * 0.01 } },
    { culprit: 'analysis', pattern: 'overload' },
  ],
  [
    'strategies that wait',
    {
      times: every(S, 300),
      others: (work) =>
        ['first', 'second'].map((name) => ({
          name,
          onBar: async () => {
            await Promise.resolve();
            work(22);
            return undefined;
          },
        })),
    },
    { culprit: 'analysis', pattern: 'waiting' },
  ],
  [
    'a strategy that throws on every bar',
    {
      times: every(S, 300),
      others: () => [
        {
          name: 'faulty',
          onBar: () => {
            throw new Error('no luck');
          },
        },
      ],
    },
    { culprit: 'none', culprits: [], modifiers: ['failing-strategy'] },
  ],
  [
    'services of 3 and 2 at a period of 1',
    {
      times: every(S, 300),
      processor: () => 3,
      strategies: { spin: () => 2 },
      options: { speed: 1_000 },
    },
    { culprit: 'processor', culprits: ['processor'], shielded: ['analysis'], pattern: 'overload' },
  ],
  [
    'a processor that stalls now and then before a constant analysis',
    {
      times: every(S, 600),
      processor: (n) => (n % 100 === 50 ? 300 : 0),
      strategies: { spin: () => 5 },
    },
    { culprit: 'processor', culprits: ['processor'], pattern: 'slow-items', tandem: false },
  ],
  [
    'one overloaded minute of 60, where the run grades low',
    { times: every(S, 3_600), strategies: { spin: (bar) => (minuteOf(bar) === 30 ? 25 : 0) } },
    { culprit: 'analysis', pattern: 'overload', scope: 'minutes' },
  ],
  [
    'nothing that takes time',
    { times: every(S, 300), strategies: { spin: () => 0 } },
    { culprit: 'none', culprits: [], modifiers: [], when: [] },
  ],
];

const run = ({ options, ...plant }: Planted): Promise<Report> =>
  planted({ ...plant, options: { speed, ...options } });

describe('a planted bottleneck', () => {
  it.each(cases)('%s', async (_, plant, expected) => {
    const { verdict } = await run(plant);
    expect(verdict).toMatchObject(expected);
    if (verdict.culprit === 'none') expect(verdict).not.toHaveProperty('pattern');
  });
});

/** Ranges in minutes from 13:00 on. */
const minutesOf = ({ verdict }: Report): number[][] =>
  verdict.when.map(({ from, to }) => [(from - START) / MINUTE, (to - START) / MINUTE]);

describe('when', () => {
  it('is the minute that has too much work, not the one that works it off', async () => {
    const report = await run({
      times: every(S, 1_200),
      strategies: { spin: (bar) => (minuteOf(bar) === 10 ? 25 : 0) },
    });
    expect(minutesOf(report)).toEqual([[10, 11]]);
    expect(report.verdict.when[0]).toMatchObject({
      edge: 'processor-analysis',
      behind: '59',
      share: 59 / 60,
    });
    expect(report.verdict.text).toContain('It fell behind most in 13:10–13:11');
  });

  it('is the end of a leak', async () => {
    const report = await run({ times: every(S, 1_200), strategies: { spin: (_, n) => n * 0.01 } });
    expect(minutesOf(report)).toEqual([[16, 20]]);
  });

  it('is named in the text where all else keeps up', async () => {
    const { verdict } = await run({
      times: every(S, 3_600),
      strategies: { spin: (bar) => (minuteOf(bar) === 30 ? 25 : 0) },
    });
    expect(verdict.text).toContain('it keeps up except 13:30–13:31 UTC');
  });

  it('does not begin before the data', async () => {
    const { verdict } = await run({
      times: every(S / 100, 6_000),
      length: 0,
      strategies: { spin: () => 1 },
    });
    // The first tick is due at 13:00:00, which is in the minute that ends then.
    expect(verdict.when[0]?.from).toBe(START - MINUTE);
    expect(verdict.text).toContain('It fell behind most in 13:00–13:01');
  });

  it('has the day where there are several', async () => {
    const { verdict } = await run({ times: sessions(3, 100), strategies: { spin: () => 15 } });
    expect(verdict.when).toHaveLength(3);
    expect(verdict.text).toContain('2024-08-08 13:00–13:02');
  });
});

describe('what helps', () => {
  it('names the strategy, the symbol and the interval that are slow, first', async () => {
    const { actions, verdict } = await run({
      times: every(S, 300),
      symbols: ['AAA', 'BBB', 'CCC'],
      strategies: {
        hog: ({ symbol, interval }) => (symbol === 'CCC' && interval === '1s' ? 12 : 0.01),
        other: () => 0.02,
      },
      options: { derive: ['5s'] },
    });
    expect(actions[0]).toMatchObject({
      kind: 'faster-stage',
      stage: 'analysis',
      strategy: 'hog',
      symbol: 'CCC',
      interval: '1s',
    });
    expect(actions[0]?.effect?.stableSpeed).toBeGreaterThan(verdict.stableSpeed ?? Infinity);
    expect(actions.map(({ kind }) => kind)).toContain('fewer-symbols');
    expect(new Set(actions.map(({ text }) => text)).size).toBe(actions.length);
    expect(verdict.text).toContain('`hog` on CCC 1s');
  });

  it('is to overlap waits, where strategies wait', async () => {
    const { actions } = await run({
      times: every(S, 300),
      others: (work) => [
        {
          name: 'asks',
          onBar: async () => {
            work(2);
            await Promise.resolve();
            work(22);
            return undefined;
          },
        },
      ],
    });
    expect(actions[0]).toMatchObject({ kind: 'overlap-waits', strategy: 'asks' });
    expect(actions[0]?.effect?.stableSpeed).toBeCloseTo(500, 0);
  });

  it('is at most four things, and none that changes nothing', async () => {
    const names = Array.from({ length: 10 }, (_, i) => `s${i}`);
    const { actions, verdict } = await run({
      times: every(S, 300),
      symbols: ['AAA', 'BBB', 'CCC', 'DDD'],
      strategies: Object.fromEntries(names.map((name, i) => [name, () => (i === 3 ? 9 : 0.1)])),
      options: { derive: ['5s', '10s'] },
    });
    expect(actions.length).toBeLessThanOrEqual(4);
    expect(actions.some(({ strategy }) => strategy === 's3')).toBe(true);
    for (const { effect } of actions) {
      expect(effect?.stableSpeed).toBeGreaterThan(verdict.stableSpeed ?? Infinity);
    }
  });

  it('is to split the symbols over several stages, where none has most of the work', async () => {
    const plant: Planted = {
      times: every(S, 300),
      symbols: ['AAA', 'BBB', 'CCC', 'DDD'],
      strategies: { spin: () => 4 },
    };
    const { actions, verdict } = await run(plant);
    const split = actions.find(({ kind }) => kind === 'shards');
    expect(split?.text).toMatch(/^Split the symbols over 2 analysis stages: /);
    expect(split?.effect?.stableSpeed).toBeCloseTo(2 * (verdict.stableSpeed ?? NaN), 6);
    const one = await run({ ...plant, symbols: ['AAA'], strategies: { spin: () => 16 } });
    expect(one.actions.map(({ kind }) => kind)).not.toContain('shards');
  });

  it('is nothing where a data-driven run could go ten times as fast as its data', async () => {
    const { verdict, actions } = await run({
      times: every(S, 600),
      strategies: { spin: () => 5 },
      options: { mode: 'data' },
    });
    expect(verdict).toMatchObject({ culprit: 'analysis', sustainableSpeed: 200 });
    expect(verdict.text).toContain("200 items a second, 200× the data's own pace");
    expect(actions).toEqual([]);
  });
});

it('names a strategy that fails in the text, with its error', async () => {
  const { verdict } = await run({
    times: every(S, 10),
    others: () => [
      {
        name: 'faulty',
        onBar: () => {
          throw new Error('no luck');
        },
      },
    ],
  });
  expect(verdict.text).toContain('Strategy `faulty` failed on 10 of 10 bars, first with: no luck.');
});
