import { otlpOf } from '../../../src/export';
import type { OtlpMetric } from '../../../src/export/otlp';
import { initialState } from '../../../src/metrics';
import type { MetricsState } from '../../../src/metrics';
import { delivered, FIRST, fold, served, started, strategyWorked } from '../metrics/given';

const TIME = Date.UTC(2024, 7, 8, 1);

const metricsIn = (state: MetricsState): readonly OtlpMetric[] =>
  otlpOf(state, { time: TIME }).resourceMetrics[0]?.scopeMetrics[0]?.metrics ?? [];

const metric = (state: MetricsState, name: string): OtlpMetric | undefined =>
  metricsIn(state).find((each) => each.name === name);

describe('an OTLP request', () => {
  it('has counts as decimal strings with all digits', () => {
    const state = {
      ...initialState,
      signals: 2n ** 53n + 1n,
      bars: { ...initialState.bars, ticks: 2n ** 63n - 1n },
    };
    const text = JSON.stringify(otlpOf(state, { time: TIME }));
    expect(text).toContain('"asInt":"9007199254740993"');
    expect(text).toContain('"asInt":"9223372036854775807"');
  });

  it('has counters as cumulative monotonic sums since the start of the run', () => {
    const { sum, unit } =
      metric(fold([started(), delivered(FIRST, 7)]), 'barometer.edge.delivered') ?? {};
    expect([unit, sum?.aggregationTemporality, sum?.isMonotonic]).toEqual(['{item}', 2, true]);
    expect(sum?.dataPoints[0]).toEqual({
      attributes: [{ key: 'edge', value: { stringValue: FIRST } }],
      startTimeUnixNano: `${Date.UTC(2024, 7, 8)}000000`,
      timeUnixNano: `${TIME}000000`,
      asInt: '7',
    });
  });

  it('has measured values as doubles in base units', () => {
    const state = fold([strategyWorked('busy', { totalMs: 1500 })]);
    const point = metric(state, 'barometer.strategy')?.sum?.dataPoints[0];
    expect(point).toMatchObject({ asDouble: 1.5 });
  });

  it('has histograms with one bucket more than bounds, which add up to the count', () => {
    const state = fold([served('analysis', 3, [1, 250_000, 2])]);
    const points = metric(state, 'barometer.stage.service')?.histogram?.dataPoints ?? [];
    const point = points.find(({ count }) => count === '3');
    expect(point?.bucketCounts).toHaveLength((point?.explicitBounds.length ?? 0) + 1);
    const sum = point?.bucketCounts.reduce((total, count) => total + BigInt(count), 0n);
    expect(sum).toBe(3n);
    expect(point?.bucketCounts.at(-1)).toBe('1');
  });

  it('names the run as its resource, unless told otherwise', () => {
    const attributes = (more = {}) =>
      otlpOf(fold([started()]), { time: TIME, ...more }).resourceMetrics[0]?.resource.attributes;
    expect(attributes()).toEqual([
      { key: 'service.name', value: { stringValue: 'barometer' } },
      { key: 'service.instance.id', value: { stringValue: 'run-1' } },
    ]);
    expect(attributes({ attributes: { 'service.name': 'mine' } })).toContainEqual({
      key: 'service.name',
      value: { stringValue: 'mine' },
    });
  });
});
