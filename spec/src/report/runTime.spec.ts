import type { PipelineEvent } from '../../../streams/events';
import {
  cellsOfValues,
  delivered,
  FIRST,
  ingested,
  served,
  started,
  windowOf,
} from '../metrics/given';
import { reportOf, textOf } from './runs';

const spent = (ms: Extract<PipelineEvent, { type: 'spent' }>['ms']): PipelineEvent => ({
  type: 'spent',
  at: 0,
  ms,
});

const trailing = (...lags: readonly number[]): PipelineEvent => ({
  type: 'trailing',
  at: 0,
  count: lags.length,
  maxMs: Math.max(...lags),
  buckets: cellsOfValues(lags),
});

/** Ten minutes of market at speed 600, which is one second, on the wall clock: it took four. */
const LATE: readonly PipelineEvent[] = [
  started({ time: 'wall', speed: 600 }),
  ingested({ base: 10, marketStart: 0, marketTime: 600e6 }),
  trailing(100, 1_500, 3_000),
  spent({ opening: 100, reading: 200, releasing: 3_000 }),
  spent({ reading: 100, idle: 500 }),
  windowOf(4_100),
];

describe('a run on the wall clock', () => {
  it('says how late its releases left, and how fast it really was', () => {
    const { schedule } = reportOf(LATE).run;
    expect(schedule).toMatchObject({ lagMaxMs: 3_000, reachedSpeed: 150 });
    expect(Math.abs((schedule?.lagP50Ms ?? 0) / 1_500 - 1)).toBeLessThan(0.01);
  });

  it('says where the time of its thread went, the rest included', () => {
    expect(reportOf(LATE).run.threadTimeMs).toEqual({
      opening: 100,
      reading: 300,
      releasing: 3_000,
      idle: 500,
      unaccounted: 200,
    });
  });

  it('says so in words', () => {
    const lines = textOf(LATE).split('\n');
    expect(lines).toContain('  - clock-driven at speed 600 (reached 150×), wall clock');
    expect(lines).toContain('  - First rows after 100.00 ms');
    expect(lines.find((line) => line.includes('Schedule lag'))).toContain('max 3.00 s');
    expect(lines).toContain('  - releasing     73.17%  3.00 s');
    expect(lines).toContain('  - unaccounted    4.88%  200.00 ms');
  });
});

it('in simulated time nothing is late, and reading takes none of the clock', () => {
  const { run } = reportOf([
    started(),
    trailing(0, 0),
    spent({ opening: 50, reading: 10 }),
    windowOf(1_000),
  ]);
  expect(run).toMatchObject({ clockSeconds: 1, openingMs: 50 });
  expect(run).not.toHaveProperty('schedule');
  expect(run).not.toHaveProperty('threadTimeMs');
});

it('data-driven in simulated time, a run is no shorter than its reading', () => {
  const { run, stages } = reportOf([
    started({ mode: 'data' }),
    delivered(FIRST, 10),
    served('coordinator', 10, [15, 15, 15]),
    served('analysis', 10, [1, 1, 1]),
    spent({ opening: 50, reading: 100, building: 50 }),
    windowOf(12, { coordinator: 150, analysis: 10 }, { processor: 2 }),
  ]);
  expect(run.clockSeconds).toBe(0.2);
  expect(stages).toMatchObject({
    coordinator: { busyShare: 0.75 },
    processor: { blockedShare: 0.01 },
    analysis: { busyShare: 0.05 },
  });
});
