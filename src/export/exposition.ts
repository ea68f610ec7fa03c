import type { MetricsState } from '../metrics';
import { prometheusName } from './metric';
import type { HistogramSample, Labels, Metric } from './metric';
import type { MetricsOptions } from './metricRow';
import { metricsOf } from './metricsOf';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import { METRICS_OPTIONS } from './metricRow';

/** The media type of what `expositionOf` returns. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * A run's metrics in Prometheus' text format 0.0.4. A pure function of the state: the exposition of a
 * journal at a moment equals the scrape of that moment. Counts have all of their digits; Prometheus
 * itself keeps 53 bits.
 */
export function expositionOf(state: MetricsState, options: MetricsOptions = {}): string {
  checkOptionNames('expositionOf', options, METRICS_OPTIONS);
  return expositionText(metricsOf(state, options));
}

/** Metrics in Prometheus' text format; ends with a line feed. */
export function expositionText(metrics: readonly Metric[]): string {
  return metrics
    .flatMap((metric) => {
      const name = prometheusName(metric);
      const help = metric.help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
      return [
        `# HELP ${name} ${help}\n`,
        `# TYPE ${name} ${metric.type}\n`,
        ...(metric.type === 'histogram'
          ? metric.samples.flatMap((sample) => histogramLines(name, metric.bounds, sample))
          : metric.samples.map(({ labels, value }) => line(name, labels, value))),
      ];
    })
    .join('');
}

function histogramLines(
  name: string,
  bounds: readonly number[],
  { labels, buckets, sum, count }: HistogramSample,
): string[] {
  let upTo = 0n;
  return [
    ...bounds.map((bound, i) => {
      upTo += buckets[i] ?? 0n;
      return line(`${name}_bucket`, { ...labels, le: String(bound) }, upTo);
    }),
    line(`${name}_bucket`, { ...labels, le: '+Inf' }, count),
    line(`${name}_sum`, labels, sum),
    line(`${name}_count`, labels, count),
  ];
}

function line(name: string, labels: Labels, value: bigint | number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`;
}

/** Half of a surrogate pair has no UTF-8 form: it stays visible, and two names stay two. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replace(LONE_SURROGATE, (half) => `\\\\u${half.charCodeAt(0).toString(16)}`);
