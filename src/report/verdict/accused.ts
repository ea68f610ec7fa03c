import type { EdgeName, MinuteEvidence, StageName } from '../../../streams/events';
import { named } from '../../../streams/topology';
import { edgesOf } from '../../metrics';
import type { EdgeDescription, EvidenceState, MetricsState, ConsumerStage } from '../../metrics';
import { gradeOf, isPressed, sharesOf } from '../grades';
import type { Grade } from '../grades';

/** Whom the edges accuse. */
export interface Accused {
  /** In the order of the stages; each once. */
  readonly stages: readonly ConsumerStage[];
  readonly shielded: readonly ConsumerStage[];
  readonly isTandem: boolean;
  readonly scope: 'run' | 'minutes';
  /** Those that are medium or worse. */
  readonly edges: readonly EdgeName[];
}

/** A stage's edge, as it was and as it would be if all other stages were instant. */
interface Judged {
  readonly stage: ConsumerStage;
  readonly edge: EdgeName;
  readonly grade: Grade;
  readonly isolated: Grade;
}

const NOBODY: Accused = {
  stages: [],
  shielded: [],
  isTandem: false,
  scope: 'run',
  edges: [],
};

/**
 * A pressed edge accuses its consumer, if that would be pressed alone; else the nearest stage
 * upstream that would; else the stages together, by the consumer of the first pressed edge.
 */
function accuse(judged: readonly Judged[], scope: Accused['scope']): Accused {
  const accused = new Set<ConsumerStage>();
  let isTandem = false;
  const pressed = judged.filter(({ grade }) => isPressed(grade));
  for (const { stage } of pressed) {
    const upstream = judged.slice(0, judged.findIndex((other) => other.stage === stage) + 1);
    const guilty = upstream.reverse().find(({ isolated }) => isPressed(isolated));
    if (guilty !== undefined) accused.add(guilty.stage);
  }
  const [first] = pressed;
  if (accused.size === 0 && first !== undefined) {
    accused.add(first.stage);
    isTandem = true;
  }
  const stages = judged.map(({ stage }) => stage).filter((stage) => accused.has(stage));
  const shielded = judged
    .filter(({ grade, isolated }) => !isPressed(grade) && isPressed(isolated))
    .map(({ stage }) => stage)
    .filter((stage) => !accused.has(stage));
  return { stages, shielded, isTandem, scope, edges: pressed.map(({ edge }) => edge) };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function overRun(state: MetricsState): Judged[] {
  return edgesOf(state.topology).map((edge) => {
    const { name, consumer: stage } = edge;
    const { deliveries, isolatedBehind } = named(state.evidence, stage);
    const { grade } = sharesOf(name, state);
    // Without evidence an edge accuses its consumer: there is nothing that speaks for it.
    const isolated = deliveries === 0 ? grade : gradeOf(edge, share(isolatedBehind, deliveries));
    return { stage, edge: name, grade, isolated };
  });
}

/** A minute with fewer deliveries says too little to be graded. */
const ENOUGH = 20;

export const minutesOf = ({ minutes, openMinute }: EvidenceState): readonly MinuteEvidence[] =>
  openMinute === undefined ? minutes : [...minutes, openMinute];

/** The minutes in which the stage's edge grades high. */
export const highMinutes = (
  { evidence }: MetricsState,
  edge: EdgeDescription,
): readonly MinuteEvidence[] =>
  minutesOf(named(evidence, edge.consumer)).filter(
    ({ deliveries, behind }) =>
      deliveries >= ENOUGH && gradeOf(edge, share(behind, deliveries)) === 'high',
  );

/** The same over the minutes in which any edge grades high. */
function overMinutes(state: MetricsState): Judged[] {
  const edges = edgesOf(state.topology);
  const ends = new Set(edges.flatMap((edge) => highMinutes(state, edge).map(({ to }) => to)));
  return edges.map((edge) => {
    const { name, consumer: stage } = edge;
    const minutes = minutesOf(named(state.evidence, stage)).filter(({ to }) => ends.has(to));
    const sum = (of: 'deliveries' | 'behind' | 'isolatedBehind'): number =>
      minutes.reduce((total, minute) => total + minute[of], 0);
    const deliveries = sum('deliveries');
    return {
      stage,
      edge: name,
      grade: gradeOf(edge, share(sum('behind'), deliveries)),
      isolated: gradeOf(edge, share(sum('isolatedBehind'), deliveries)),
    };
  });
}

/** Who, in the clock-driven part of a run. `isWarmUp`: what fell behind did so while the code was new. */
export function accusedIn(state: MetricsState, isWarmUp: boolean): Accused {
  const judged = overRun(state);
  const run = accuse(judged, 'run');
  if (run.stages.length > 0) return run;
  if (judged.every(({ grade }) => grade === 'n/a')) return NOBODY;
  const minutes = isWarmUp ? NOBODY : accuse(overMinutes(state), 'minutes');
  return minutes.stages.length > 0 ? { ...minutes, shielded: run.shielded } : run;
}

export const culpritOf = (stages: readonly StageName[]): StageName | 'both' | 'none' =>
  stages.length > 1 ? 'both' : (stages[0] ?? 'none');
