import { initialState } from '../../../src/metrics';
import { buildReport, renderText } from '../../../src/report';
import type { PipelineEvent } from '../../../streams/events';
import { backpressure, delivered, finished, FIRST, ingested, SECOND } from '../metrics/given';
import { served, started, strategyWorked, windowOf } from '../metrics/given';
import { counted, reportOf, textOf } from './runs';

/** The guide's part: everything up to the second rule. */
const guideOf = (text: string): string[] => {
  const lines = text.split('\n');
  return lines.slice(0, lines.lastIndexOf('='.repeat(50)) + 1);
};

/** The guide's runs differ in what was counted, and in what analysis took. */
const guideRun = (
  [first, second]: readonly [number, number],
  times: readonly [min: number, max: number, mean: number],
  [span, analysis]: readonly [ms: number, busyMs: number],
): PipelineEvent[] => [
  started(),
  ...counted(FIRST, 50_000, first),
  ...counted(SECOND, 10_000, second),
  served('processor', 50_000, [0.1, 0.5, 0.2]),
  served('analysis', 10_000, times),
  windowOf(span, { processor: 10_000, analysis }),
];
const healthy = guideRun([123, 45], [0.5, 2, 0.75], [20_000, 7_500]);
const bottlenecked = guideRun([234, 8_500], [5, 50, 15], [150_000, 150_000]);

describe("the guide's block", () => {
  it('is the guide\'s "Healthy Pipeline", line for line', () => {
    expect(guideOf(textOf(healthy))).toEqual([
      'Performance Metrics Summary:',
      '==================================================',
      'Analysis Engine:',
      '  - Cycles: 10,000',
      '  - Min: 0.50 ms | Max: 2.00 ms | Avg: 0.75 ms',
      '',
      'Data Processor:',
      '  - Items: 50,000',
      '  - Min: 0.10 ms | Max: 0.50 ms | Avg: 0.20 ms',
      '',
      'Pipeline Backpressure (Bottlenecks):',
      '  - Coordinator→Processor: 123 events  (0.25% of 50,000 bars) - OK',
      '  - Processor→Analysis: 45 events      (0.45% of 10,000 cycles) - OK',
      '',
      '==================================================',
    ]);
  });

  it('is the guide\'s "Bottlenecked Pipeline", line for line', () => {
    expect(guideOf(textOf(bottlenecked))).toEqual([
      'Performance Metrics Summary:',
      '==================================================',
      'Analysis Engine:',
      '  - Cycles: 10,000',
      '  - Min: 5.00 ms | Max: 50.00 ms | Avg: 15.00 ms  ⚠️ SLOW!',
      '',
      'Data Processor:',
      '  - Items: 50,000',
      '  - Min: 0.10 ms | Max: 0.50 ms | Avg: 0.20 ms',
      '',
      'Pipeline Backpressure (Bottlenecks):',
      '  - Coordinator→Processor: 234 events    (0.47% - OK)',
      '  - Processor→Analysis: 8,500 events     (85% - CRITICAL!) ❌',
      '',
      '==================================================',
    ]);
  });

  it.each<[what: string, events: PipelineEvent[], line: string]>([
    [
      'puts the behind share beside the share of all events where there were bursts',
      [started(), delivered(FIRST, 100), backpressure(FIRST, 1, 98)],
      '  - Coordinator→Processor: 99 events  (99% of 100 bars, behind 1%) - OK',
    ],
    [
      'marks by what is behind, not by bursts',
      [
        started(),
        delivered(FIRST, 100),
        backpressure(FIRST, 1, 98),
        delivered(SECOND, 100),
        backpressure(SECOND, 50),
      ],
      '  - Coordinator→Processor: 99 events    (99%, behind 1% - OK)',
    ],
    [
      'warns of a medium edge',
      [started(), delivered(FIRST, 100), backpressure(FIRST, 10)],
      '  - Coordinator→Processor: 10 events    (10% - WARNING)',
    ],
    [
      'grades nothing in data-driven mode',
      [started({ mode: 'data' }), delivered(FIRST, 100)],
      '  - Coordinator→Processor: 0 events  (n/a: data-driven, nothing is counted)',
    ],
    [
      'takes shares of clock-driven deliveries in a run of both modes',
      [
        started(),
        delivered(FIRST, 100),
        backpressure(FIRST, 1),
        { type: 'mode', at: 5, mode: 'data' },
        delivered(FIRST, 900),
      ],
      '  - Coordinator→Processor: 1 event  (1% of 100 bars delivered clock-driven) - OK',
    ],
    ['shows no extremes of nothing', [started()], '  - Min: - | Max: - | Avg: -'],
    [
      'keeps microseconds visible',
      [started(), served('processor', 3, [0.0012, 0.2, 0.0034])],
      '  - Min: 0.0012 ms | Max: 0.20 ms | Avg: 0.0034 ms',
    ],
  ])('%s', (_, events, line) => {
    expect(guideOf(textOf(events))).toContain(line);
  });
});

describe('renderText', () => {
  const text = textOf([
    started({ speed: 240, strategies: ['ema-cross', 'busy'] }),
    ingested({
      ticks: 100_000,
      base: 50_000,
      late: 3,
      badRows: 1,
      symbols: ['SPY', 'QQQ'],
      marketStart: 0,
      marketTime: 3600e6,
    }),
    delivered(FIRST, 40_000, 'SPY'),
    delivered(FIRST, 10_000, 'QQQ'),
    backpressure(FIRST, 100, 1000, 'SPY'),
    { type: 'overrun', edge: FIRST, count: 17, at: 0 },
    { type: 'lateness', edge: FIRST, count: 1, maxMs: 12, buckets: [], at: 0 },
    strategyWorked('busy', { totalMs: 25, maxMs: 9, errors: 2, error: 'no such bar' }),
    strategyWorked('ema-cross', { items: 10, totalMs: 75, maxMs: 8, signals: 4 }),
    served('analysis', 11, [1, 9, 9]),
    windowOf(1000, { analysis: 100 }, { processor: 250 }),
    finished(),
  ]).split('\n');

  it.each([
    '  - clock-driven at speed 240, simulated time',
    '  - 60.0 min of market in 4.00 s',
    '  - 100,000 ticks of 2 symbols: 50,000 base bars, 0 derived bars, 4 signals',
    '  - late ticks: 3 | bad rows: 1',
    'Coordinator→Processor: low',
    '  - Events: 1,100 of 50,000 bars (2.20%) = burst 1,000 + behind 100 (0.20%)',
    '  - Overruns: 17 | Dropped: 0 | Discarded: 0',
    '  - Lateness: p50 0.00 ms | p99 0.00 ms | max 12.00 ms',
    '  - Blocked: 250.00 ms',
    '  - Data Processor: busy 0% | idle 75% | blocked 25%',
    '  - SPY: 1,100 events of 40,000 deliveries, 100 behind',
    '  - ema-cross: 75% of analysis time, 75.00 ms for 10 bars, max 8.00 ms, 4 signals',
    '  - busy: 2 errors, the first: no such bar',
    'Verdict: none',
  ])('says "%s"', (line) => {
    expect(text).toContain(line);
  });

  it('numbers the actions, with their evidence beneath', () => {
    const actions = textOf([
      ...bottlenecked,
      strategyWorked('ema-cross', { totalMs: 82, items: 10 }),
      strategyWorked('sma', { totalMs: 18 }),
    ]);
    expect(actions).toContain(
      ' 1. Profile `ema-cross` on SPY 1m\n' + '    82 % of the work of analysis is spent there',
    );
  });

  it.each([
    ['no event at all', []],
    ['a run without a bar', [started(), windowOf(0), finished()]],
    ['only discarded bars', [started(), { type: 'discarded', edge: FIRST, count: 3, at: 0 }]],
    ['an empty data-driven run', [started({ mode: 'data' }), finished('stopped')]],
  ] as [string, PipelineEvent[]][])('renders %s sensibly', (_, events) => {
    expect(textOf(events)).not.toMatch(/NaN|Infinity|undefined|null/);
  });

  it.each<['stopped' | 'failed', string]>([
    ['stopped', '  - stopped before its end'],
    ['failed', '  - failed: disk full'],
  ])('says that a run %s', (outcome, line) => {
    const error = outcome === 'failed' ? 'disk full' : undefined;
    expect(textOf([started(), finished(outcome, error)]).split('\n')).toContain(line);
  });

  it('breaks verdict and evidence at the width that is asked for', () => {
    const lines = renderText(reportOf(bottlenecked), { width: 60 }).split('\n');
    const verdict = lines.slice(lines.indexOf('Verdict: analysis'));
    expect(Math.max(...verdict.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it('has colours only when asked, and then the same words', () => {
    const report = reportOf(bottlenecked);
    const colored = renderText(report, { color: true });
    // What a terminal takes for colours: ESC [ number m.
    const bare = colored.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');
    expect(colored).not.toBe(bare);
    expect(bare).toBe(renderText(report));
    expect(renderText(buildReport(initialState))).not.toContain(String.fromCharCode(27));
  });
});
