import type { BehindRange, BusyPeriod, MinuteEvidence } from '../../streams/events';
import { defined, greatest, mergedCounts, mergedSame, withSums } from './mergeParts';
import type { EvidenceState } from './state';

/** How many of each list are kept, as in a run. */
const KEPT = 20;

/**
 * The heaviest entries of both, in order of time. Ties are broken by the entries themselves, so it does
 * not matter in which order states are merged.
 */
function heaviest<T extends { readonly to: number }>(
  entries: readonly (T | undefined)[],
  weight: (entry: T) => number,
): readonly T[] {
  const texts = new Map<T, string>();
  for (const entry of entries) {
    if (entry !== undefined) texts.set(entry, JSON.stringify(entry));
  }
  const byText = (a: T, b: T): number => ((texts.get(a) ?? '') < (texts.get(b) ?? '') ? -1 : 1);
  return [...texts.keys()]
    .sort((a, b) => weight(b) - weight(a) || a.to - b.to || byText(a, b))
    .slice(0, KEPT)
    .sort((a, b) => a.to - b.to || byText(a, b));
}

const weightOf = {
  minute: ({ behind, isolatedBehind }: MinuteEvidence): number => Math.max(behind, isolatedBehind),
  range: ({ behind }: BehindRange): number => behind,
  period: ({ maxWaitMs }: BusyPeriod): number => maxWaitMs,
};

/**
 * The evidence of one stage in several runs. Minutes, ranges and busy periods stay each run's own: the
 * same minute of two runs is two entries, because their queues were two. What is still open counts as
 * it stands. On how many days something was *behind* is known for each run alone; here it is the
 * largest of them, so it may be too small, never too large.
 */
export function mergedEvidence(one: EvidenceState, other: EvidenceState): EvidenceState {
  return {
    deliveries: one.deliveries + other.deliveries,
    behind: one.behind + other.behind,
    isolatedBehind: one.isolatedBehind + other.isolatedBehind,
    awaitedMs: one.awaitedMs + other.awaitedMs,
    first: withSums(one.first, other.first, ['items', 'workMs', 'behind']),
    minutes: heaviest(
      [...one.minutes, one.openMinute, ...other.minutes, other.openMinute],
      weightOf.minute,
    ),
    ranges: heaviest(
      [...one.ranges, one.openRange, ...other.ranges, other.openRange],
      weightOf.range,
    ),
    periods: heaviest(
      [...one.periods, one.openPeriod, ...other.periods, other.openPeriod],
      weightOf.period,
    ),
    minutesOfDay: mergedCounts(one.minutesOfDay, other.minutesOfDay),
    days: Math.max(one.days, other.days),
    ...defined({ lastDay: greatest(one.lastDay, other.lastDay) }),
    patterns: mergedSame(one.patterns, other.patterns, (a, b) =>
      withSums(a, b, ['periods', 'behind', 'workMs', 'awaitedMs']),
    ),
  };
}
