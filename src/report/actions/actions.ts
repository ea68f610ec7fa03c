import { largestOf } from '../../../operators/kernel/extremes';
import type { StageName } from '../../../streams/events';
import { named } from '../../../streams/topology';
import { edgesOf } from '../../metrics';
import type { MetricsState, ConsumerStage } from '../../metrics';
import { counted, roundPercent } from '../format';
import type { KnownCapacity } from '../knownCapacity';
import { speedUpTo } from '../speedText';
import { ownParts } from '../verdict/coordinator';
import { isEasy, paceOf } from '../verdict/dataDriven';
import type { Verdict } from '../verdict/verdictSchema';
import type { Action, Effect } from './action';
import { candidatesFor } from './candidates';
import type { Candidate } from './candidates';

const MOST = 4;
/** As exact as the search for a speed: a smaller effect is none. */
const LEAST = 1.001;

const isServed =
  ({ evidence }: MetricsState) =>
  (stage: StageName): stage is ConsumerStage =>
    Object.hasOwn(evidence, stage);

const isOfTheSource = (part: string): boolean => part === 'reading' || part === 'building';

/** Of what the coordinator itself does, that which takes most of its time can become less. */
function coordinator(state: MetricsState): Action {
  const [most] = ownParts(state);
  const { ticks, base } = state.bars;
  const isData = state.run.mode === 'data';
  const evidence =
    most === undefined ? '' : `, ${roundPercent(most.share)} of the run's time is ${most.part}`;
  if (most === undefined || isOfTheSource(most.part)) {
    return {
      kind: 'faster-source',
      stage: 'coordinator',
      text: 'Use a faster source: Parquet or Arrow instead of text, with fewer columns and rows',
      evidence: isData
        ? `reading and building is what takes most time of ${counted(ticks, 'tick')}`
        : `${counted(ticks, 'tick')} were read and built too slowly for the clock${evidence}`,
    };
  }
  const bars = state.run.configuration?.bars ?? 'tick';
  return {
    kind: 'faster-stage',
    stage: 'coordinator',
    text: `Release fewer items: base bars longer than ${bars === 'tick' ? 'a tick' : bars}, or a lower speed`,
    evidence: `${counted(base, 'bar')} were released too slowly for the clock${evidence}`,
  };
}

function room(state: MetricsState, { pattern, culprits }: Verdict): Action[] {
  const edges = edgesOf(state.topology).map(({ name, consumer }) => {
    const { dropped, delivered } = named(state.edges, name);
    return { stage: consumer, dropped, delivered };
  });
  const lost = edges.reduce((sum, { dropped }) => sum + dropped, 0n);
  const [most] = edges.toReversed().sort((a, b) => Number(b.dropped - a.dropped));
  if (lost === 0n || most === undefined) return [];
  if (pattern === 'overload' || culprits.length === 0) return [];
  const all = edges.reduce((sum, { delivered }) => sum + delivered, 0n);
  const share = Number(lost) / Math.max(1, Number(all));
  return [
    {
      kind: 'more-room',
      stage: most.stage,
      text: 'Give the inboxes more room, so that bursts are not dropped',
      evidence: `${counted(lost, 'item')} were dropped (${roundPercent(share)})`,
    },
  ];
}

/** Same work, or the same effect for the same reason: said once. */
const isSame = (a: Candidate, b: Candidate): boolean =>
  JSON.stringify(a.taken) === JSON.stringify(b.taken);

function withEffect(candidate: Candidate, effect: Effect | undefined): Action {
  const { kind, stage, strategy, symbol, interval, evidence, taken } = candidate;
  const action = {
    kind,
    stage,
    ...(strategy === undefined ? {} : { strategy }),
    ...(symbol === undefined ? {} : { symbol }),
    ...(interval === undefined ? {} : { interval }),
    text: candidate.text,
    evidence,
  };
  if (effect === undefined) return action;
  const { sustainableSpeed, stableSpeed } = effect;
  const isHalf = taken?.factor === 0.5;
  const text =
    `${action.text}${isHalf ? '; at half its time it is' : ': that is'} sustainable up to ` +
    `${speedUpTo(sustainableSpeed)} and stable up to ${speedUpTo(stableSpeed)}`;
  return { ...action, text, effect };
}

const helps = (effect: Effect, now: Effect): boolean =>
  effect.sustainableSpeed > now.sustainableSpeed * LEAST ||
  effect.stableSpeed > now.stableSpeed * LEAST;

/** Both speeds together: what helps more comes first. */
function compare(a: Action, b: Action): number {
  const speed = ({ effect }: Action): number => effect?.sustainableSpeed ?? 0;
  const stable = ({ effect }: Action): number => effect?.stableSpeed ?? 0;
  if (speed(a) !== speed(b)) return speed(b) - speed(a);
  return stable(a) === stable(b) ? 0 : stable(b) - stable(a);
}

/** Of one stage: what begins with its hot spot or its waits stays first, the others go by their effect. */
function ranked(candidates: readonly Candidate[], capacity: KnownCapacity | undefined): Action[] {
  const distinct = candidates.filter(
    (one, index) => candidates.findIndex((other) => isSame(one, other)) === index,
  );
  const tried = distinct.slice(0, MOST).map((candidate) => {
    const { taken } = candidate;
    const effect = taken === undefined ? undefined : capacity?.effectOf?.(taken);
    return { isFirst: candidate.share > 1, action: withEffect(candidate, effect) };
  });
  const useful = tried.filter(
    ({ action: { effect } }) =>
      effect === undefined || capacity === undefined || helps(effect, capacity),
  );
  const of = (isFirst: boolean): Action[] =>
    useful.filter((one) => one.isFirst === isFirst).map(({ action }) => action);
  return [...of(true), ...of(false).sort(compare)];
}

/** Takes turns, so that every stage has its first action among the few. */
function alternating(lists: readonly (readonly Action[])[]): Action[] {
  const longest = largestOf([0, ...lists.map(({ length }) => length)]);
  return Array.from({ length: longest }, (_, i) =>
    lists.flatMap((list) => list.slice(i, i + 1)),
  ).flat();
}

/** What would help, at most four things; what is about the source or the machine comes last. */
export function actionsFor(
  state: MetricsState,
  verdict: Verdict,
  capacity?: KnownCapacity,
): readonly Action[] {
  const isDataDriven = state.run.mode === 'data' && verdict.pattern === undefined;
  const pace = isDataDriven ? paceOf(state) : undefined;
  if (pace !== undefined && isEasy(pace)) return [];
  const stages = [...verdict.culprits, ...verdict.shielded].filter(isServed(state));
  const ofStages = alternating(
    stages.map((stage) => ranked(candidatesFor(state, stage, verdict.scope), capacity)),
  );
  const last = [
    ...room(state, verdict),
    ...(verdict.culprits.includes('coordinator') ? [coordinator(state)] : []),
  ];
  return [...ofStages.slice(0, MOST - last.length), ...last];
}
