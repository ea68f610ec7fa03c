import fc from 'fast-check';
import { knownCapacityOf } from '../../../src/capacity/knownCapacity';
import { restoreDropped } from '../../../src/capacity/restoreDropped';
import { NO_CAUSE } from '../../../src/journal';
import type { Timings } from '../../../src/journal';
import type { PipelineOptions } from '../../../streams';
import { timedReplay } from './given';
import { timingsOf } from './timingsOf';

type Dropped = readonly [timeMs: number, series: number, cause: number];

const withLosses = (timings: Timings, rows: readonly Dropped[]): Timings => ({
  ...timings,
  dropped: {
    length: rows.length,
    time: Float64Array.from(rows, ([timeMs]) => timeMs * 1_000),
    due: Float64Array.from(rows, ([timeMs]) => timeMs),
    series: Int32Array.from(rows, ([, series]) => series),
    cause: Uint32Array.from(rows, ([, , cause]) => cause),
  },
});

const given = timingsOf({
  strategies: ['a', 'b'],
  series: [
    ['AAA', '1m'],
    ['BBB', '1m'],
  ],
  items: [
    [60, 0, 2],
    [60, 1, 4],
    [180, 0, 6],
  ],
  updates: [
    [0, 0, 10, [[0, 10]]],
    [1, 1, 20, [[1, 20]]],
    [
      2,
      0,
      30,
      [
        [0, 20],
        [1, 10],
      ],
    ],
  ],
});

const rowsOf = ({ items, updates }: Timings) => ({
  items: [...items.time].map((time, i) => [time / 1_000, items.series[i], items.service[i]]),
  updates: [...updates.cause].map((cause, u) => [cause, updates.series[u], updates.service[u]]),
});

describe('what inboxes dropped', () => {
  it('is nothing where nothing was', () => {
    expect(restoreDropped(given)).toBe(given);
  });

  it('before analysis comes back behind its cause, with the mean of its symbol and interval', () => {
    const { updates } = rowsOf(
      restoreDropped(
        withLosses(given, [
          [60, 1, 1],
          [60, 0, 0],
        ]),
      ),
    );
    expect(updates).toEqual([
      [0, 0, 10],
      [0, 0, 20],
      [1, 1, 20],
      [1, 1, 20],
      [2, 0, 30],
    ]);
  });

  it('before the processor comes back when it was due, and so does its update', () => {
    const restored = restoreDropped(
      withLosses(given, [
        [240, 1, NO_CAUSE],
        [120, 0, NO_CAUSE],
      ]),
    );
    expect(rowsOf(restored)).toEqual({
      items: [
        [60, 0, 2],
        [60, 1, 4],
        [120, 0, 4],
        [180, 0, 6],
        [240, 1, 4],
      ],
      updates: [
        [0, 0, 10],
        [1, 1, 20],
        [2, 0, 20],
        [3, 0, 30],
        [4, 1, 20],
      ],
    });
  });

  it("has the strategies' mean parts", () => {
    const { parts, updates } = restoreDropped(withLosses(given, [[60, 0, 0]]));
    const [from, to] = [updates.firstPart[1], updates.firstPart[2]];
    expect([...parts.strategy].slice(from, to)).toEqual([0, 1]);
    expect([...parts.took].slice(from, to)).toEqual([15, 5]);
    expect(updates.firstPart.at(-1)).toBe(parts.length);
  });
});

/** Milliseconds that depend on the bar's symbol alone: then means are exact. */
const SERVICES: PipelineOptions['serviceTimes'] = {
  processor: ({ bar }) => (bar === undefined ? 0 : 100 + 50 * bar.symbol.charCodeAt(0) - 3_250),
  analysis: ({ bar }) => (bar === undefined ? 0 : 400 + 100 * bar.symbol.charCodeAt(0) - 6_500),
};

it('a run that dropped half of its load tells the same speeds as one that dropped nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('dropOldest' as const, 'dropLatest' as const, 'conflate' as const),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom(100, 300),
      async (overflow, inbox, speed) => {
        const origin = 0;
        const speedsOf = (timings: Timings) => {
          const { sustainableSpeed, stableSpeed } = knownCapacityOf(timings, origin, true) ?? {};
          return [sustainableSpeed, stableSpeed];
        };
        const all = await timedReplay({ speed: 1, serviceTimes: SERVICES });
        const some = await timedReplay({ speed, serviceTimes: SERVICES, inbox, overflow });
        expect(some.timings.dropped?.length).toBeGreaterThan(0);
        expect(speedsOf(some.timings)).toEqual(speedsOf(all.timings));
      },
    ),
    { numRuns: 6 },
  );
});
