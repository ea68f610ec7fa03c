import type { MetricsState } from '../metrics';
import { packageVersion } from '../version';
import type { HistogramSample, Labels, Metric, Sample } from './metric';
import type { MetricsOptions } from './metricRow';
import { metricsOf } from './metricsOf';

/** Where the metrics come from, and when. */
export interface OtlpResource extends MetricsOptions {
  /** Epoch milliseconds at which the state is sent. */
  readonly time: number;
  /** Attributes of the resource beside `service.name` and `service.instance.id`, which they may replace. */
  readonly attributes?: Labels;
}

export interface OtlpAttribute {
  readonly key: string;
  readonly value: { readonly stringValue: string };
}

/** A point of a counter or gauge; 64-bit integers are decimal strings, as protobuf's JSON has them. */
export interface OtlpNumberPoint {
  readonly attributes: readonly OtlpAttribute[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly asInt?: string;
  readonly asDouble?: number;
}

export interface OtlpHistogramPoint {
  readonly attributes: readonly OtlpAttribute[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly count: string;
  readonly sum: number;
  readonly bucketCounts: readonly string[];
  readonly explicitBounds: readonly number[];
}

const CUMULATIVE = 2;

export interface OtlpMetric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly sum?: {
    readonly aggregationTemporality: 2;
    readonly isMonotonic: true;
    readonly dataPoints: readonly OtlpNumberPoint[];
  };
  readonly gauge?: { readonly dataPoints: readonly OtlpNumberPoint[] };
  readonly histogram?: {
    readonly aggregationTemporality: 2;
    readonly dataPoints: readonly OtlpHistogramPoint[];
  };
}

/** The body of a request to `/v1/metrics`, to be written as JSON. */
export interface OtlpRequest {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeMetrics: readonly {
      readonly scope: { readonly name: string; readonly version: string };
      readonly metrics: readonly OtlpMetric[];
    }[];
  }[];
}

/**
 * A run's metrics as an OTLP/HTTP request in JSON. A pure function of its arguments. Sums are cumulative
 * since the start of the run, so a request that is lost loses nothing once the next one arrives.
 */
export function otlpOf(state: MetricsState, resource: OtlpResource): OtlpRequest {
  const { time, attributes = {}, ...options } = resource;
  const { run } = state;
  const times = {
    startTimeUnixNano: nanosOf(run.startedAt ?? time),
    timeUnixNano: nanosOf(Math.max(time, run.startedAt ?? time)),
  };
  const id = run.configuration?.id;
  return {
    resourceMetrics: [
      {
        resource: {
          attributes: attributesOf({
            'service.name': 'barometer',
            ...(id === undefined ? {} : { 'service.instance.id': id }),
            ...attributes,
          }),
        },
        scopeMetrics: [
          {
            scope: { name: 'barometer', version: packageVersion() },
            metrics: metricsOf(state, options).map((metric) => otlpMetric(metric, times)),
          },
        ],
      },
    ],
  };
}

type Times = Pick<OtlpNumberPoint, 'startTimeUnixNano' | 'timeUnixNano'>;

function otlpMetric(metric: Metric, times: Times): OtlpMetric {
  const { name, help: description, unit } = metric;
  const described = { name, description, unit };
  if (metric.type === 'histogram') {
    const dataPoints = metric.samples.map((sample) => histogramPoint(sample, metric.bounds, times));
    return { ...described, histogram: { aggregationTemporality: CUMULATIVE, dataPoints } };
  }
  const dataPoints = metric.samples.map((sample) => numberPoint(sample, times));
  if (metric.type === 'gauge') return { ...described, gauge: { dataPoints } };
  return {
    ...described,
    sum: { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints },
  };
}

const numberPoint = ({ labels, value }: Sample, times: Times): OtlpNumberPoint => ({
  attributes: attributesOf(labels),
  ...times,
  ...(typeof value === 'bigint' ? { asInt: value.toString() } : { asDouble: value }),
});

const histogramPoint = (
  { labels, buckets, sum, count }: HistogramSample,
  bounds: readonly number[],
  times: Times,
): OtlpHistogramPoint => ({
  attributes: attributesOf(labels),
  ...times,
  count: count.toString(),
  sum,
  bucketCounts: buckets.map(String),
  explicitBounds: bounds,
});

const attributesOf = (labels: Labels): OtlpAttribute[] =>
  Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } }));

const nanosOf = (ms: number): string => (BigInt(Math.floor(ms)) * 1_000_000n).toString();
