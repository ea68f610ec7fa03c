import { counterOf, initialState } from '../metrics';
import type { CounterId, EdgeState, MetricsState } from '../metrics';
import { BOUNDS } from './durations';
import { EDGE_METRICS } from './edgeMetrics';
import { FEED_METRICS } from './feedMetrics';
import type { Metric } from './metric';
import type { MetricRow, MetricsOptions } from './metricRow';
import { RUN_METRICS } from './runMetrics';
import { STAGE_METRICS, STRATEGY_METRICS } from './stageMetrics';

/** Everything that is exported. */
export const METRICS: readonly MetricRow[] = [
  ...RUN_METRICS,
  ...EDGE_METRICS,
  ...STAGE_METRICS,
  ...STRATEGY_METRICS,
  ...FEED_METRICS,
];

/** Rows of the table of counters that are not exported. */
export const NOT_EXPORTED: Readonly<Partial<Record<CounterId, string>>> = {
  'run.wallSeconds': 'a monitoring system has the time of each scrape',
  ...Object.fromEntries(
    ['ticks', 'baseBars', 'signals', 'errors', 'ms'].map((name) => [
      `run.leadIn.${name}`,
      'it is over before the run begins; the report has it',
    ]),
  ),
  'symbol.delivered': 'symbols are unbounded; the report has all of them',
  'symbol.behind': 'symbols are unbounded; the report has all of them',
  'symbol.workMs': 'symbols are unbounded; the report has all of them',
};

function helpOf({ help, counters }: MetricRow): string {
  const [counter] = counters;
  return help ?? (counter === undefined ? '' : counterOf(counter).sentence);
}

/** The metrics of a run as they stand. A pure function of the state; metrics without a value are left out. */
export const metricsOf = (state: MetricsState, options: MetricsOptions = {}): Metric[] =>
  METRICS.map((row) => metricIn(row, state, options)).filter(({ samples }) => samples.length > 0);

/** The counters of edges of any name. */
export const edgeCountersOf = (edges: Readonly<Record<string, EdgeState>>): Metric[] =>
  EDGE_METRICS.filter(({ type }) => type === 'counter')
    .map((row) => metricIn(row, { ...initialState, edges }, {}))
    .filter(({ samples }) => samples.length > 0);

function metricIn(row: MetricRow, state: MetricsState, options: MetricsOptions): Metric {
  const { name, unit } = row;
  const described = { name, unit, help: helpOf(row) };
  return row.type === 'histogram'
    ? { ...described, type: row.type, bounds: BOUNDS, samples: row.samples(state) }
    : { ...described, type: row.type, samples: row.samples(state, options) };
}
