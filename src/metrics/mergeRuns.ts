import { largestOf } from '../../operators/kernel/extremes';
import type { Mode, RunConfiguration } from '../../streams/events';
import { defined, greatest, least, union } from './mergeParts';
import { timeInModes } from './state';
import type { Conditions, LeadInState, MetricsState, Phase, RunState } from './state';

const PHASES: readonly Phase[] = ['waiting', 'running', 'paused', 'finished'];
const OUTCOMES = ['done', 'stopped', 'failed'] as const;

/** Of two texts that differ: both, in alphabetical order, each once. */
const bothOf = (one: string, other: string): string =>
  union(one.split(', '), other.split(', ')).join(', ');

function mergedConfiguration(
  one: RunConfiguration,
  other: RunConfiguration,
  mode: Mode,
  speed: number,
): RunConfiguration {
  return {
    id: bothOf(one.id, other.id),
    mode,
    speed,
    time: one.time === 'wall' || other.time === 'wall' ? 'wall' : 'simulated',
    files: union(one.files, other.files),
    bars: bothOf(one.bars, other.bars),
    derive: union(one.derive, other.derive),
    strategies: union(one.strategies, other.strategies),
    timings: one.timings && other.timings,
    ...defined({
      threads: greatest(one.threads, other.threads),
      demand: greatest(one.demand, other.demand),
      topology: one.topology ?? other.topology,
    }),
  };
}

const first = <T>(order: readonly T[], one: T, other: T): T =>
  order.indexOf(one) <= order.indexOf(other) ? one : other;

/** Which runs a merged state is of, and how far they have come. Both have begun. */
export function mergedRun(a: MetricsState, b: MetricsState): RunState {
  const [one, other] = [a.run, b.run];
  const phase = first(PHASES, one.phase, other.phase);
  const mode = one.mode === other.mode ? one.mode : 'clock';
  const speed = one.speed === other.speed ? one.speed : 0;
  const [spent, more] = [timeInModes(a), timeInModes(b)];
  const outcomes = [one.outcome, other.outcome].map((outcome) =>
    OUTCOMES.indexOf(outcome as 'done'),
  );
  const [configuration, second] = [one.configuration, other.configuration];
  return {
    mergedOf: (one.mergedOf ?? 1) + (other.mergedOf ?? 1),
    phase,
    mode,
    // Times of the runs' own clocks: the merged state's time in each mode is what they spent in it.
    modeSince: Math.max(a.at, b.at),
    earlierMs: { clock: spent.clock + more.clock, data: spent.data + more.data },
    pausedMs: { clock: 0, data: 0 },
    modes: [],
    speed,
    speedChanges: one.speedChanges + other.speedChanges,
    heldMs: one.heldMs + other.heldMs,
    ...defined({
      configuration:
        configuration === undefined || second === undefined
          ? (configuration ?? second)
          : mergedConfiguration(configuration, second, mode, speed),
      outcome: phase === 'finished' ? OUTCOMES[largestOf(outcomes)] : undefined,
      error: least(one.error, other.error),
      startedAt: least(one.startedAt, other.startedAt),
      wallTime: greatest(one.wallTime, other.wallTime),
      startupMs: greatest(one.startupMs, other.startupMs),
      leadIn: mergedLeadIn(one.leadIn, other.leadIn),
    }),
  };
}

function mergedLeadIn(
  one: LeadInState | undefined,
  other: LeadInState | undefined,
): LeadInState | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    from: Math.min(one.from, other.from),
    rows: one.rows + other.rows,
    base: one.base + other.base,
    signals: one.signals + other.signals,
    errors: one.errors + other.errors,
    ms: one.ms + other.ms,
    ...defined({ error: least(one.error, other.error) }),
  };
}

/** The worst of what is known. */
export function mergedConditions(
  one: Conditions | undefined,
  other: Conditions | undefined,
): Conditions | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const shares = [one.runQueueShare, other.runQueueShare].filter((share) => share !== null);
  return {
    runQueueShare: shares.length === 0 ? null : largestOf(shares),
    gcShare: Math.max(one.gcShare, other.gcShare),
  };
}

type Speeds = NonNullable<MetricsState['speeds']>;

/** Up to which speed all of them keep up: the least. Absent where one of them does not know. */
export function mergedSpeeds(
  one: Speeds | undefined,
  other: Speeds | undefined,
): Speeds | undefined {
  if (one === undefined || other === undefined) return undefined;
  const limits = (
    a: Pick<Speeds, 'sustainableSpeed' | 'stableSpeed'>,
    b: Pick<Speeds, 'sustainableSpeed' | 'stableSpeed'>,
  ) =>
    defined({
      sustainableSpeed: least(a.sustainableSpeed, b.sustainableSpeed),
      stableSpeed: least(a.stableSpeed, b.stableSpeed),
    });
  const key = (effect: Speeds['effects'][number]): string =>
    JSON.stringify(Object.entries(effect.taken).sort());
  const known = new Map(other.effects.map((effect) => [key(effect), effect]));
  const effects = one.effects.flatMap((effect) => {
    const same = known.get(key(effect));
    return same === undefined ? [] : [{ ...limits(effect, same), taken: effect.taken }];
  });
  return {
    ...limits(one, other),
    estimated: one.estimated || other.estimated,
    effects: effects.sort((a, b) => (key(a) < key(b) ? -1 : 1)),
  };
}
