/** What distinguishes the series of one metric. */
export type Labels = Readonly<Record<string, string>>;

/** 64-bit counts are bigints and keep all digits; measured values are numbers. */
export interface Sample {
  readonly labels: Labels;
  readonly value: bigint | number;
}

/** Counted durations in seconds. */
export interface HistogramSample {
  readonly labels: Labels;
  /** Occurrences up to each of the bounds and above the one before it. */
  readonly buckets: readonly bigint[];
  readonly sum: number;
  readonly count: bigint;
}

interface Descriptor {
  /** As OpenTelemetry has it: dots between the parts, and no unit. */
  readonly name: string;
  /** Of the Unified Code for Units of Measure: `s`, `1` for a ratio, `{bar}` for things that are counted. */
  readonly unit: string;
  readonly help: string;
}

/** Something that is exported, with its present values. */
export type Metric =
  | (Descriptor & { readonly type: 'counter' | 'gauge'; readonly samples: readonly Sample[] })
  | (Descriptor & {
      readonly type: 'histogram';
      /** Upper bounds in seconds; one more bucket holds what is above the last. */
      readonly bounds: readonly number[];
      readonly samples: readonly HistogramSample[];
    });

/** The name in Prometheus, by OpenTelemetry's rule: underscores, the unit, and `_total` for counters. */
export function prometheusName({
  name,
  unit,
  type,
}: Pick<Metric, 'name' | 'unit' | 'type'>): string {
  const units = unit === 's' ? '_seconds' : unit === '1' && type === 'gauge' ? '_ratio' : '';
  return `${name.replaceAll('.', '_')}${units}${type === 'counter' ? '_total' : ''}`;
}
