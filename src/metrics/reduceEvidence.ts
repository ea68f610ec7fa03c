import type { Draft } from 'immer';
import { worstOf } from '../../streams/engine/evidence';
import type { EvidenceEvent, Pattern, PatternSums } from '../../streams/events';
import { entryOf } from './increment';
import { withSums, type PagedCounts } from './pagedCounts';
import type { EvidenceState, MetricsState } from './state';

const plus = (sums: PatternSums, more: PatternSums | undefined): PatternSums =>
  more === undefined
    ? sums
    : Object.freeze({
        periods: sums.periods + more.periods,
        behind: sums.behind + more.behind,
        workMs: sums.workMs + more.workMs,
        awaitedMs: sums.awaitedMs + more.awaitedMs,
      });

const MINUTES_PER_PAGE = 60;

function* ofDay(flat: readonly number[]): Generator<readonly [number, number, number]> {
  for (let i = 0; i + 2 < flat.length; i += 3) {
    const [minute = 0, deliveries = 0, behind = 0] = flat.slice(i, i + 3);
    const page = Math.floor(minute / MINUTES_PER_PAGE);
    yield [page, minute * 2, deliveries];
    if (behind > 0) yield [page, minute * 2 + 1, behind];
  }
}

/** A day counts once, in however many events it is. */
function withDays({ days, lastDay }: EvidenceState, more: readonly number[]) {
  const count = more.reduce(
    (sum, day, i) => sum + (day === (i === 0 ? lastDay : more[i - 1]) ? 0 : 1),
    days,
  );
  const last = more.at(-1) ?? lastDay;
  return { days: count, ...(last === undefined ? {} : { lastDay: last }) };
}

const ofPatterns = (
  patterns: EvidenceState['patterns'],
  more: EvidenceEvent['patterns'],
): EvidenceState['patterns'] =>
  Object.freeze(
    Object.fromEntries(
      (Object.keys(patterns) as Pattern[]).map((pattern) => [
        pattern,
        plus(patterns[pattern], more[pattern]),
      ]),
    ) as Record<Pattern, PatternSums>,
  );

/** A stage's account of minutes and busy periods goes on. */
export function evidenceGathered(
  draft: Draft<MetricsState>,
  event: EvidenceEvent,
  before: MetricsState,
): void {
  const was = entryOf(before.evidence, event.stage, 'stage');
  const { first = { items: 0, workMs: 0, behind: 0 } } = event;
  const minutesOfDay: PagedCounts = withSums(was.minutesOfDay, ofDay(event.minutesOfDay));
  const after: EvidenceState = {
    deliveries: was.deliveries + event.deliveries,
    behind: was.behind + event.behind,
    isolatedBehind: was.isolatedBehind + event.isolatedBehind,
    awaitedMs: was.awaitedMs + event.awaitedMs,
    first: {
      items: was.first.items + first.items,
      workMs: was.first.workMs + first.workMs,
      behind: was.first.behind + first.behind,
    },
    minutes: worstOf([...was.minutes, ...event.minutes], ({ behind, isolatedBehind }) =>
      Math.max(behind, isolatedBehind),
    ),
    ...(event.openMinute === undefined ? {} : { openMinute: event.openMinute }),
    ranges: worstOf([...was.ranges, ...event.ranges], ({ behind }) => behind),
    ...(event.openRange === undefined ? {} : { openRange: event.openRange }),
    minutesOfDay,
    ...withDays(was, event.days),
    patterns: ofPatterns(was.patterns, event.patterns),
    periods: worstOf([...was.periods, ...event.periods], ({ maxWaitMs }) => maxWaitMs),
    ...(event.openPeriod === undefined ? {} : { openPeriod: event.openPeriod }),
  };
  draft.evidence[event.stage] = after as Draft<EvidenceState>;
}
