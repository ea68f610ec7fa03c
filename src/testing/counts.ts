import type { EdgeEvent } from '../../operators';

const NAMES = [
  'delivered',
  'backpressure',
  'burst',
  'behind',
  'overrun',
  'dropped',
  'discarded',
] as const;

/**
 * Counters of an edge. What is not mentioned is 0, except that `backpressure` is `burst` and `behind`
 * together, and `behind` what is left of a `backpressure` that was mentioned.
 */
export type Counts = Partial<Record<(typeof NAMES)[number], number>>;

/** Adds events up. */
export function countsOf(events: Iterable<EdgeEvent>): Required<Counts> {
  const counts = inFull({});
  for (const { type, count, burst = 0, behind = 0 } of events) {
    counts[type] += count;
    counts.burst += burst;
    counts.behind += behind;
  }
  return counts;
}

/** Returns both in columns where they differ. */
export function compareCounts(actual: Required<Counts>, stated: Counts): string | undefined {
  const expected = inFull(stated);
  const rows = NAMES.filter((name) => actual[name] !== 0 || expected[name] !== 0);
  if (rows.every((name) => actual[name] === expected[name])) return undefined;
  const cell = (value: number | string): string => String(value).padStart(10);
  return [
    `${' '.repeat(12)}${cell('expected')}${cell('actual')}`,
    ...rows.map((name) => {
      const differs = actual[name] === expected[name] ? '' : '  <';
      return `${name.padEnd(12)}${cell(expected[name])}${cell(actual[name])}${differs}`;
    }),
  ].join('\n');
}

function inFull(counts: Counts): Required<Counts> {
  const { delivered = 0, burst = 0, overrun = 0, dropped = 0, discarded = 0 } = counts;
  const { behind = counts.backpressure === undefined ? 0 : counts.backpressure - burst } = counts;
  const { backpressure = burst + behind } = counts;
  return { delivered, backpressure, burst, behind, overrun, dropped, discarded };
}
