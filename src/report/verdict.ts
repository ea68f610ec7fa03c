import type { EdgeName, StageName } from '../../streams/events';
import { EDGE_NAMES, EDGES, STAGE_NAMES } from '../metrics';
import type { Evidence } from './evidence';
import { counted, grouped, milliseconds, roundPercent, times } from './format';
import { isPressed, THRESHOLDS } from './grades';
import { scheduleLagShare } from './scheduleLag';

export type Culprit = 'none' | StageName | 'both';

export interface Verdict {
  readonly culprit: Culprit;
  readonly text: string;
}

/** Utilisation from which a stage counts as busy, and the share up to which it is not blocked. */
const BUSY = 0.9;
const NOT_BLOCKED = 0.1;
/** In data-driven mode something is always the slowest: it is a bottleneck from here on. */
const BUSIEST = 0.5;
/** Share of trailing deliveries from which "deliveries trail" is true: the first edge's medium. */
const TRAILING = THRESHOLDS['coordinator-processor'].medium;

const isCulprit = (evidence: Evidence, edge: EdgeName): boolean => {
  const { busyShare, blockedShare } = evidence.stages[EDGES[edge].consumer].behind;
  return isPressed(evidence.edges[edge].grade) && busyShare >= BUSY && blockedShare <= NOT_BLOCKED;
};

const isDataDriven = ({ edges }: Evidence): boolean =>
  EDGE_NAMES.every((edge) => edges[edge].grade === 'n/a');

/** Analysis could not keep up either, but a slow processor keeps the arrivals from it. */
export const isShielded = (evidence: Evidence): boolean =>
  isCulprit(evidence, 'coordinator-processor') &&
  !isPressed(evidence.edges['processor-analysis'].grade) &&
  evidence.load.analysis >= BUSY;

/**
 * The speed at which the stage would be busy for nine tenths of the time, if the run had one speed
 * and asked for more than that; undefined otherwise.
 */
export function sustainableSpeed({ state, load }: Evidence): number | undefined {
  const { run } = state;
  const most = Math.max(load.processor, load.analysis);
  if (run.speedChanges > 0 || most <= BUSY) return undefined;
  const speed = (run.speed * BUSY) / most;
  return speed >= 10 ? Math.floor(speed) : Number(speed.toPrecision(2));
}

function accusation(evidence: Evidence, edge: EdgeName): string {
  const { consumer, consumerName, producerName, items } = EDGES[edge];
  const { behindShare, counted } = evidence.edges[edge];
  const { behind, meanMs } = evidence.stages[consumer];
  const load = evidence.load[consumer === 'analysis' ? 'analysis' : 'processor'];
  const asked =
    load > 0 ? `, and the arrivals asked for ${times(load)} of the time that there was` : '';
  return (
    `${consumerName} slower than ${producerName}: ${roundPercent(behindShare)} of ${grouped(counted)} ` +
    `${items} fell behind; where they did, it was busy ${roundPercent(behind.busyShare)} of the ` +
    `time at ${milliseconds(meanMs)} an item${asked}.`
  );
}

function remedy(evidence: Evidence): string {
  const speed = sustainableSpeed(evidence);
  return speed === undefined ? '' : ` At a speed of about ${grouped(speed)} it would keep up.`;
}

function hidden(evidence: Evidence): string {
  if (!isShielded(evidence)) return '';
  return (
    ` Hidden behind it: AnalysisEngine could not keep up either. By itself it counts little, ` +
    `since the slow DataProcessor passes on less than arrives; all arrivals would ask for ` +
    `${times(evidence.load.analysis)} of its time.`
  );
}

/** An edge is pressed, and yet the stage behind it was not busy, or waited itself. */
function unexplained(evidence: Evidence, edge: EdgeName): string {
  const { consumer, consumerName, items } = EDGES[edge];
  const { busyShare, blockedShare } = evidence.stages[consumer].behind;
  const share = roundPercent(evidence.edges[edge].behindShare);
  const how =
    blockedShare > NOT_BLOCKED
      ? `was blocked ${roundPercent(blockedShare)} of the time itself`
      : `was busy only ${roundPercent(busyShare)} of the time: single slow items, not too little speed`;
  return `${share} of ${items} found ${consumerName} behind, but there it ${how}.`;
}

function calm({ state, edges }: Evidence): string {
  const all = EDGE_NAMES.map((edge) => state.edges[edge]);
  if (all.every(({ delivered }) => delivered === 0n)) return 'Nothing was delivered yet.';
  const events = all.reduce((sum, edge) => sum + edge.backpressure, 0n);
  const behind = all.reduce((sum, edge) => sum + edge.behind, 0n);
  if (events === 0n) return 'Every stage kept up: whatever was offered found its consumer ready.';
  if (behind === 0n) {
    return (
      `Every stage kept up: the ${counted(events, 'event')} came in bursts of items due at one ` +
      'instant, and nothing was behind.'
    );
  }
  const most = Math.max(...EDGE_NAMES.map((edge) => edges[edge].behindShare));
  return `Every stage kept up but for occasional catching up: at most ${roundPercent(most)} fell behind.`;
}

function dataDriven({ stages, timed }: Evidence): Verdict {
  if (!timed) return { culprit: 'none', text: 'Service times were not measured.' };
  const [first, second] = STAGE_NAMES.map((name) => ({ name, ...stages[name] })).sort(
    (a, b) => b.busyShare - a.busyShare,
  );
  if (first === undefined || first.busyShare < BUSIEST) {
    return { culprit: 'none', text: 'Data-driven: no stage was busy half of the time.' };
  }
  return {
    culprit: first.name,
    text:
      `Data-driven, so the slowest stage sets the pace: ${first.name} was busy ` +
      `${roundPercent(first.busyShare)} of the time at ${milliseconds(first.meanMs)} an item, ` +
      `${second?.name ?? ''} ${roundPercent(second?.busyShare ?? 0)}.`,
  };
}

function coordinatorTrails({ state, stages }: Evidence): string | undefined {
  const share = scheduleLagShare(state);
  const { busyShare } = stages.coordinator;
  const onTheWall = state.run.configuration?.time === 'wall';
  if (!onTheWall || busyShare < BUSY || share < TRAILING) return undefined;
  return (
    `Coordinator slower than the clock: reading and building took ${roundPercent(busyShare)} of ` +
    `the time, and ${roundPercent(share)} of the deliveries left more than one ` +
    `${state.run.configuration.bars} bar after they were due.`
  );
}

/** Whom to blame, by the rules of the design. */
export function verdictOf(evidence: Evidence): Verdict {
  if (isDataDriven(evidence)) return dataDriven(evidence);
  const culprits = EDGE_NAMES.filter((edge) => isCulprit(evidence, edge));
  const trails = coordinatorTrails(evidence);
  const only = culprits[0];
  if (only === undefined) {
    if (trails !== undefined) return { culprit: 'coordinator', text: trails };
    const pressed = EDGE_NAMES.filter((edge) => isPressed(evidence.edges[edge].grade));
    const text = pressed.map((edge) => unexplained(evidence, edge)).join(' ') || calm(evidence);
    return { culprit: 'none', text };
  }
  return {
    culprit: culprits.length > 1 ? 'both' : EDGES[only].consumer,
    text:
      culprits.map((edge) => accusation(evidence, edge)).join(' ') +
      hidden(evidence) +
      remedy(evidence) +
      (trails === undefined ? '' : ` ${trails}`),
  };
}
