import { summariseSoak } from '../../../src/bench/renderSoak';
import type { MemorySample, SoakResult } from '../../../src/bench/soak';
import { soakTicks } from '../../../src/bench/soakTicks';
import { buildReport } from '../../../src/report';
import { fold, started } from '../metrics/given';

describe('the market of the soak', () => {
  const all = [...soakTicks(3, 100, 1_000)];

  it('has two ticks of every symbol in every window, and one that closes the last', () => {
    const last = all.pop();
    expect(last).toMatchObject({ symbol: 'S1', time: 1_000_000 });
    const windows = new Map<string, number>();
    for (const { symbol, time } of all) {
      const key = `${symbol} ${Math.floor(time / 100_000)}`;
      windows.set(key, (windows.get(key) ?? 0) + 1);
    }
    expect(windows.size).toBe(3 * 10);
    expect(new Set(windows.values())).toEqual(new Set([2]));
  });

  it('is in order', () => {
    const times = all.map(({ time }) => time);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });
});

const samples = (rssOf: (minute: number) => number): MemorySample[] =>
  Array.from({ length: 11 }, (_, minute) => ({
    atS: 60 * minute,
    marketMin: minute,
    rss: rssOf(minute),
    heap: 10,
    external: 1,
    processor: minute === 0 ? NaN : 5,
    analysis: 5,
  }));

const result = (given: Partial<SoakResult>): SoakResult => ({
  samples: samples(() => 100),
  conservation: [{ what: 'ticks', expected: 5, found: 5 }],
  report: buildReport(fold([started()])),
  others: 0,
  ...given,
});

describe('the summary of the soak', () => {
  it.each([
    ['level', () => 100, 'rss: 100.0 MB, slope 0.000 MB/min, +0.0 % in 7.0 min: flat'],
    ['growth in the warm-up', (minute: number) => (minute < 3 ? 10 * minute : 100), ': flat'],
    [
      'growth after it',
      (minute: number) => 100 + minute,
      'slope 1.000 MB/min, +6.6 % in 7.0 min: GROWS',
    ],
  ])('memory: %s', (_, rssOf, line) => {
    const text = summariseSoak(result({ samples: samples(rssOf) }));
    expect(text.split('\n').find((one) => one.startsWith('rss'))).toContain(line);
  });

  it('conservation: exact, or what is wrong', () => {
    expect(summariseSoak(result({}))).toContain('ticks: 5 of 5\nconservation: exact');
    const conservation = [{ what: 'ticks', expected: 5, found: 4 }];
    expect(summariseSoak(result({ conservation }))).toContain(
      'ticks: 4 of 5 WRONG\nconservation: BROKEN',
    );
  });
});
