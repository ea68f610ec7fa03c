import type { BusyPeriod, Pattern } from '../../../streams/events';
import { named } from '../../../streams/topology';
import { sortedEntries } from '../../metrics';
import type { EvidenceState, MetricsState, ConsumerStage } from '../../metrics';
import type { Modifier } from './verdictSchema';

/** In the order in which ties are decided. */
const PATTERNS: readonly Pattern[] = ['overload', 'slow-items', 'bursty-arrivals', 'waiting'];

/** The pattern that holds most *behind* events of these stages; undefined where there are none. */
export function patternOf(
  { evidence }: MetricsState,
  stages: readonly ConsumerStage[],
): Pattern | undefined {
  const behind = (pattern: Pattern): number =>
    stages.reduce((sum, stage) => {
      const { patterns, openPeriod } = named(evidence, stage);
      const open = openPeriod?.pattern === pattern ? openPeriod.behind : 0;
      return sum + patterns[pattern].behind + open;
    }, 0);
  const [most] = [...PATTERNS].sort((a, b) => behind(b) - behind(a));
  return most !== undefined && behind(most) > 0 ? most : undefined;
}

/** The busy period that was worst, of those with that pattern. */
export function worstPeriod(
  { periods, openPeriod }: EvidenceState,
  pattern: Pattern | undefined,
): BusyPeriod | undefined {
  const all = openPeriod === undefined ? periods : [...periods, openPeriod];
  return all
    .filter((period) => pattern === undefined || period.pattern === pattern)
    .reduce<BusyPeriod | undefined>(
      (worst, period) => (worst === undefined || period.behind > worst.behind ? period : worst),
      undefined,
    );
}

const SCHEDULED_BEHIND = 0.9;
const SCHEDULED_DELIVERIES = 0.1;
const SCHEDULED_DAYS = 2;

/** At least 90 % of what was *behind* fell into minutes of the day that hold at most 10 % of all, on two days or more. */
function isScheduled(evidence: EvidenceState): boolean {
  if (evidence.days < SCHEDULED_DAYS) return false;
  const minutes = new Map<number, { deliveries: number; behind: number }>();
  for (const [key, value] of sortedEntries(evidence.minutesOfDay)) {
    const minute = Math.floor(key / 2);
    const of = minutes.get(minute) ?? { deliveries: 0, behind: 0 };
    of[key % 2 === 0 ? 'deliveries' : 'behind'] += value;
    minutes.set(minute, of);
  }
  const all = [...minutes.values()];
  const total = (of: 'deliveries' | 'behind'): number =>
    all.reduce((sum, minute) => sum + minute[of], 0);
  const behind = total('behind');
  const deliveries = total('deliveries');
  let heldBehind = 0;
  let heldDeliveries = 0;
  for (const minute of all.sort((a, b) => b.behind / b.deliveries - a.behind / a.deliveries)) {
    if (heldBehind >= SCHEDULED_BEHIND * behind) break;
    heldBehind += minute.behind;
    heldDeliveries += minute.deliveries;
  }
  return behind > 0 && heldDeliveries <= SCHEDULED_DELIVERIES * deliveries;
}

/** First items that were this many times slower than the others are a warm-up, … */
const SLOWER = 2;
/** … if there are this many times as many others, … */
const OTHERS = 10;
/** … and they hold at least so much of what was *behind*. */
const HELD = 0.5;

export function isWarmUp(state: MetricsState, stage: ConsumerStage): boolean {
  const { first, behind } = named(state.evidence, stage);
  const { items, totalMs } = named(state.stages, stage);
  const others = Number(items) - first.items;
  if (first.items === 0 || others < first.items * OTHERS || first.behind === 0) return false;
  const mean = (totalMs - first.workMs) / others;
  return first.workMs / first.items > SLOWER * mean && first.behind >= HELD * behind;
}

/** Strategies that threw on at least half of their bars. */
export const failingStrategies = ({ strategies }: MetricsState): readonly string[] =>
  Object.entries(strategies)
    .filter(([, { items, errors }]) => errors > 0n && errors * 2n >= items)
    .map(([name]) => name);

/** Share of a run's real time from which collections are worth a word, where single items are slow. */
const GC_SHARE = 0.02;

export function modifiersOf(
  state: MetricsState,
  stages: readonly ConsumerStage[],
  pattern: Pattern | undefined,
): readonly Modifier[] {
  const { gcShare = 0 } = state.conditions ?? {};
  return [
    ...(stages.length > 0 && stages.every((stage) => isScheduled(named(state.evidence, stage)))
      ? (['scheduled'] as const)
      : []),
    ...(pattern === 'slow-items' && gcShare >= GC_SHARE ? (['gc'] as const) : []),
    ...(Object.keys(state.evidence).some((stage) => isWarmUp(state, stage))
      ? (['warm-up'] as const)
      : []),
    ...(failingStrategies(state).length > 0 ? (['failing-strategy'] as const) : []),
  ];
}
