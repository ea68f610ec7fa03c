import fc from 'fast-check';
import { expositionOf } from '../../../src/export';
import { METRICS, metricsOf, NOT_EXPORTED } from '../../../src/export/metricsOf';
import { prometheusName } from '../../../src/export/metric';
import type { Sample } from '../../../src/export/metric';
import { COUNTERS, initialState } from '../../../src/metrics';
import type { MetricsState } from '../../../src/metrics';
import { pipelineEvents } from '../metrics/arbitraryEvents';
import { backpressure, cellsOfValues, delivered, FIRST, fold, SECOND } from '../metrics/given';
import { finished, ingested, served, started, strategyWorked } from '../metrics/given';
import { seriesOf } from './seriesOf';

const valueOf = (state: MetricsState, series: string, options = {}): string | undefined =>
  seriesOf(expositionOf(state, options)).get(series);

describe('the exposition', () => {
  it('exports every row of the table of counters, or says why not', () => {
    const exported = METRICS.flatMap(({ counters }) => counters);
    expect(new Set(exported).size).toBe(exported.length);
    expect(new Set([...exported, ...Object.keys(NOT_EXPORTED)])).toEqual(
      new Set(COUNTERS.map(({ id }) => id)),
    );
  });

  it('gives each metric a name of its own that Prometheus accepts', () => {
    const names = METRICS.map(prometheusName);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^barometer_[a-z_]+$/);
  });

  it('has no run to describe before the first event', () => {
    expect(valueOf(initialState, 'barometer_bars_total{kind="base"}')).toBe('0');
    expect(expositionOf(initialState)).not.toContain('barometer_run_info{');
  });

  it('counts an edge, its events by kind', () => {
    const state = fold([started(), delivered(FIRST, 10), backpressure(FIRST, 3, 2)]);
    expect(valueOf(state, `barometer_edge_delivered_total{edge="${FIRST}"}`)).toBe('10');
    const kind = (name: string) =>
      valueOf(state, `barometer_edge_backpressure_events_total{edge="${FIRST}",kind="${name}"}`);
    expect([kind('burst'), kind('behind')]).toEqual(['2', '3']);
  });

  it('has all digits of counters beyond 2^53, and at 2^63 - 1', () => {
    const [past, most] = [2n ** 53n + 1n, 2n ** 63n - 1n];
    const state = { ...initialState, signals: past, bars: { ...initialState.bars, ticks: most } };
    expect(valueOf(state, 'barometer_signals_total')).toBe('9007199254740993');
    expect(valueOf(state, 'barometer_ticks_total')).toBe('9223372036854775807');
  });

  it('has service times as a histogram in seconds, count and sum exact', () => {
    const values = [0, 0.0015, 0.7, 4.99, 5.04, 5.1, 700_000];
    const state = fold([
      { ...served('analysis', 7, [0, 700_000, 1]), totalMs: 1234, buckets: cellsOfValues(values) },
    ]);
    const upTo = (le: string) =>
      valueOf(state, `barometer_stage_service_seconds_bucket{stage="analysis",le="${le}"}`);
    expect(['0.000001', '0.000002', '0.001', '0.005', '0.01', '100', '+Inf'].map(upTo)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '6',
      '6',
      '7',
    ]);
    expect(valueOf(state, 'barometer_stage_service_seconds_sum{stage="analysis"}')).toBe('1.234');
    expect(valueOf(state, 'barometer_stage_service_seconds_count{stage="analysis"}')).toBe('7');
  });

  it('escapes quotes, backslashes and line feeds in names, and keeps the rest', () => {
    const state = fold([strategyWorked('a"b\\c\nd é😀')]);
    expect(expositionOf(state)).toContain(
      'barometer_strategy_calls_total{strategy="a\\"b\\\\c\\nd é😀"} 1\n',
    );
  });

  it('keeps names apart that UTF-8 does not', () => {
    const state = fold([strategyWorked('\ud800'), strategyWorked('\ud801')]);
    expect(expositionOf(state)).toContain('{strategy="\\\\ud800"} 1');
    expect(expositionOf(state)).toContain('{strategy="\\\\ud801"} 1');
  });

  it.each([
    [fold([started()]), {}, 'running'],
    [fold([started(), { type: 'paused', at: 1 }]), {}, 'paused'],
    [fold([started()]), { isInterrupted: true }, 'interrupted'],
    [fold([started(), finished('failed')]), { isInterrupted: true }, 'failed'],
  ] as const)('says the state of the run', (state, options, name) => {
    const text = expositionOf(state, options);
    expect(text.match(/barometer_run_state\{state="\w+"\} 1/g)).toEqual([
      `barometer_run_state{state="${name}"} 1`,
    ]);
  });

  it('has market time and progress in base units', () => {
    const state = fold([
      started(),
      ingested({ marketTime: 1_700_000_000_500_000, progress: 0.25 }),
    ]);
    expect(valueOf(state, 'barometer_run_market_time_seconds')).toBe('1700000000.5');
    expect(valueOf(state, 'barometer_run_progress_ratio')).toBe('0.25');
  });
});

describe('symbols', () => {
  const events = (edge: string, symbol: string, count: number) =>
    backpressure(edge, count, 0, symbol);
  const series = (state: MetricsState, symbols: number): readonly Sample[] =>
    metricsOf(state, { symbols }).flatMap((metric) =>
      metric.name === 'barometer.symbol.backpressure_events' && metric.type === 'counter'
        ? metric.samples
        : [],
    );

  it('are left out unless asked for', () => {
    expect(expositionOf(fold([events(FIRST, 'AAA', 1)]))).not.toContain('AAA');
  });

  it('beyond the limit are "(other)", first come', () => {
    const state = fold([
      events(SECOND, 'BBB', 1),
      events(SECOND, 'AAA', 5),
      events(SECOND, 'CCC', 9),
    ]);
    const ofSecond = series(state, 2).filter(({ labels }) => labels['edge'] === SECOND);
    expect(ofSecond.map(({ labels, value }) => [labels['symbol'], value])).toEqual([
      ['BBB', 1n],
      ['AAA', 5n],
      ['(other)', 9n],
    ]);
  });

  it('named "(other)" are among the others', () => {
    const state = fold([events(SECOND, '(other)', 2), events(SECOND, 'AAA', 5)]);
    const values = series(state, 9).map(({ labels, value }) => [labels['symbol'], value]);
    expect(values.filter(([symbol]) => symbol === '(other)')).toEqual([
      ['(other)', 0n],
      ['(other)', 2n],
    ]);
  });

  it('add up to the events of their edge, and no series ever falls', () => {
    fc.assert(
      fc.property(fc.array(pipelineEvents, { maxLength: 30 }), fc.nat(4), (run, symbols) => {
        const highest = new Map<string, bigint | number>();
        run.reduce((before, event) => {
          const state = fold([event], before);
          const sums: Record<string, bigint> = { [FIRST]: 0n, [SECOND]: 0n };
          for (const { labels, value } of series(state, symbols)) {
            const edge = labels['edge'] ?? '';
            sums[edge] = (sums[edge] ?? 0n) + BigInt(value);
            const key = JSON.stringify(labels);
            expect(value >= (highest.get(key) ?? 0n)).toBe(true);
            highest.set(key, value);
          }
          if (symbols > 0) {
            expect(sums[FIRST]).toBe(state.edges[FIRST].backpressure);
            expect(sums[SECOND]).toBe(state.edges[SECOND].backpressure);
          }
          return state;
        }, initialState);
      }),
    );
  });
});

describe('5,000 symbols on each edge', () => {
  const symbols = Array.from({ length: 5000 }, (_, i) => `SYMBOL-${i}`);
  const state = fold(
    [FIRST, SECOND].flatMap((edge) => symbols.map((symbol) => backpressure(edge, 1, 0, symbol))),
  );

  it('take less than 50 KB and 10 ms of a scrape that names 50 of them', () => {
    const text = expositionOf(state, { symbols: 50 });
    expect(text.length).toBeLessThan(50_000);
    expect(text).toContain('symbol="(other)"} 4950');
    const took = Array.from({ length: 20 }, () => {
      const { user } = process.cpuUsage();
      expositionOf(state, { symbols: 50 });
      return (process.cpuUsage().user - user) / 1000;
    });
    expect(Math.min(...took)).toBeLessThan(10);
  });
});
