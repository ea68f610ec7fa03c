export type Unit =
  | 'ticks'
  | 'bars'
  | 'rows'
  | 'items'
  | 'events'
  | 'signals'
  | 'errors'
  | 'milliseconds'
  | 'seconds'
  | 'threads'
  | 'share'
  | 'factor';

/** Something that a run counts or measures. */
export interface MetricDescriptor {
  /** Where it is found: what it belongs to, and its name in the JSON report. */
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  /** What exactly it says. */
  readonly sentence: string;
}

/** A line of the table of counters. */
export type CounterRow = readonly [id: string, label: string, unit: Unit, sentence: string];
