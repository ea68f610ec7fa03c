import { worstOf } from '../../streams/engine/evidence';
import type { EvidenceEvent, Pattern, PatternSums } from '../../streams/events';
import { deepFreeze } from './deepFreeze';
import { addCount } from './sortedCounts';
import type { EvidenceState } from './state';
import type { Mutable, StateDraft } from './stateDraft';

type Lists = 'minutes' | 'ranges' | 'periods';

/** A list goes on, and keeps the entries with the greatest weight. */
function extend<K extends Lists>(
  evidence: Mutable<EvidenceState>,
  key: K,
  more: EvidenceState[K],
  weight: (entry: EvidenceState[K][number]) => number,
): void {
  if (more.length === 0) return;
  const all = [...evidence[key], ...more] as EvidenceState[K][number][];
  evidence[key] = deepFreeze(worstOf(all, weight)) as EvidenceState[K];
}

/** A day counts once, in however many events it is. */
function addDays(evidence: Mutable<EvidenceState>, days: readonly number[]): void {
  for (const day of days) {
    if (day !== evidence.lastDay) evidence.days += 1;
    evidence.lastDay = day;
  }
}

const plus = (sums: PatternSums, more: PatternSums): PatternSums =>
  Object.freeze({
    periods: sums.periods + more.periods,
    behind: sums.behind + more.behind,
    workMs: sums.workMs + more.workMs,
    awaitedMs: sums.awaitedMs + more.awaitedMs,
  });

/** A stage's account of minutes and busy periods goes on. */
export function addEvidence(draft: StateDraft, event: EvidenceEvent): void {
  const evidence = draft.evidence(event.stage);
  evidence.deliveries += event.deliveries;
  evidence.behind += event.behind;
  evidence.isolatedBehind += event.isolatedBehind;
  evidence.awaitedMs += event.awaitedMs;
  if (event.first !== undefined) {
    const first = draft.own(evidence, 'first');
    first.items += event.first.items;
    first.workMs += event.first.workMs;
    first.behind += event.first.behind;
  }
  extend(evidence, 'minutes', event.minutes, ({ behind, isolatedBehind }) =>
    Math.max(behind, isolatedBehind),
  );
  extend(evidence, 'ranges', event.ranges, ({ behind }) => behind);
  extend(evidence, 'periods', event.periods, ({ maxWaitMs }) => maxWaitMs);
  for (const open of ['openMinute', 'openRange', 'openPeriod'] as const) {
    if (event[open] === undefined) delete evidence[open];
    else evidence[open] = deepFreeze(event[open]) as never;
  }
  const { minutesOfDay: flat } = event;
  if (flat.length > 0) {
    const counts = draft.own(evidence, 'minutesOfDay') as number[];
    for (let i = 0; i + 2 < flat.length; i += 3) {
      const [minute, deliveries, behind] = [flat[i], flat[i + 1], flat[i + 2]] as number[];
      addCount(counts, (minute as number) * 2, deliveries as number);
      if ((behind as number) > 0) addCount(counts, (minute as number) * 2 + 1, behind as number);
    }
  }
  addDays(evidence, event.days);
  for (const [pattern, sums] of Object.entries(event.patterns) as [Pattern, PatternSums][]) {
    const patterns = draft.own(evidence, 'patterns');
    patterns[pattern] = plus(patterns[pattern], sums);
  }
}
