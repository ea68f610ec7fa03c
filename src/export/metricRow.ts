import type { CounterId, MetricsState } from '../metrics';
import type { HistogramSample, Sample } from './metric';
import type { OptionNames } from '../../operators/kernel/optionNames';

/** What the metrics of a state depend on besides it. */
export interface MetricsOptions {
  /** Up to this many symbols of each edge have series of their own, 256 at most; the rest is `(other)`. Default: none. */
  readonly symbols?: number;
  /** The process of an unfinished run is gone. Default: false. */
  readonly isInterrupted?: boolean;
}

/** Every option of `expositionOf`. */
export const METRICS_OPTIONS: OptionNames<MetricsOptions> = { symbols: true, isInterrupted: true };

interface Row {
  readonly name: string;
  readonly unit: string;
  /**
   * Rows of the table of counters that this metric carries, or that follow from it. The first one's
   * sentence describes it, unless `help` does.
   */
  readonly counters: readonly CounterId[];
  readonly help?: string;
}

/** A line of the table of metrics: what is exported under which name, and where the state has it. */
export type MetricRow =
  | (Row & {
      readonly type: 'counter' | 'gauge';
      readonly samples: (state: MetricsState, options: MetricsOptions) => readonly Sample[];
    })
  | (Row & {
      readonly type: 'histogram';
      readonly samples: (state: MetricsState) => readonly HistogramSample[];
    });
