import { renderSample, SOAK_HEAD, summariseSoak } from '../../../src/bench/renderSoak';
import type { MemorySample, SoakResult } from '../../../src/bench/soak';
import { buildReport } from '../../../src/report';
import { backpressure, delivered, FIRST, fold, SECOND, started } from '../metrics/given';

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

  it('how far behind both edges were, and what others took', () => {
    const report = buildReport(
      fold([
        started(),
        delivered(FIRST, 1_000, 'A'),
        backpressure(FIRST, 5, 0, 'A'),
        delivered(SECOND, 1_000, 'A'),
        backpressure(SECOND, 300, 100, 'A'),
      ]),
    );
    expect(summariseSoak(result({ report, others: 0.25 }))).toMatch(
      /\nBehind: 0\.5 % on the first edge, 30\.0 % on the second; other processes took 25\.0 % of the machine\.$/,
    );
  });
});

describe('a line of the soak', () => {
  it('stands under its head', () => {
    const [first, second] = samples((minute) => 1_234.56 + minute);
    const head = SOAK_HEAD.split('\n').at(-1);
    expect([
      head,
      renderSample(first as MemorySample),
      renderSample(second as MemorySample),
    ]).toEqual([
      '    market         rss        heap    external   processor    analysis',
      '   0.0 min      1234.6        10.0         1.0         NaN         5.0',
      '   1.0 min      1235.6        10.0         1.0         5.0         5.0',
    ]);
  });
});
