import { largestOf } from '../../../operators/kernel/extremes';
import type { Pattern } from '../../../streams/events';
import type { Micros } from '../../../streams';
import { named } from '../../../streams/topology';
import { edgeBefore, edgeIn } from '../../metrics';
import type { EdgeDescription, MetricsState, ConsumerStage } from '../../metrics';
import { baseIntervalMs } from '../../metrics/baseIntervalMs';
import { counted, duration, grouped, milliseconds, roundPercent, times } from '../format';
import { sharesOf } from '../grades';
import { percentiles } from '../percentiles';
import { speedUpTo } from '../speedText';
import { minutesOf } from './accused';
import type { Accused } from './accused';
import { costName, costsOf, dominant } from './costs';
import { rangeText } from './rangeText';
import type { Modifier, When } from './verdictSchema';
import { failingStrategies, worstPeriod } from './why';

const MINUTE_MS = 60_000;

const hasDays = ({ market: { start, time } }: MetricsState): boolean =>
  start !== undefined &&
  time !== undefined &&
  Math.floor(start / 86_400e6) !== Math.floor((time - 1) / 86_400e6);

/** Work of the busiest minute with *behind* events over the time that it had; undefined where speeds changed. */
export function worstLoad(
  { run, evidence }: MetricsState,
  stage: ConsumerStage,
): number | undefined {
  if (run.speedChanges > 0) return undefined;
  const most = largestOf([0, ...minutesOf(named(evidence, stage)).map(({ workMs }) => workMs)]);
  return (most * run.speed) / MINUTE_MS;
}

const MINUTE: Micros = 60_000_000;

/** What is due when the data begin, at a full minute, belongs to the minute before: that is not shown. */
function shownRange(state: MetricsState, from: Micros, to: Micros): string {
  const { start = from } = state.market;
  const first = Math.floor(start / MINUTE) * MINUTE;
  return rangeText(first > from && first < to ? first : from, to, hasDays(state));
}

function shareText(
  state: MetricsState,
  { name, items }: EdgeDescription,
  { scope }: Accused,
  when: readonly When[],
): string {
  if (scope === 'run') {
    const { behindShare, counted: all } = sharesOf(name, state);
    return `${roundPercent(behindShare)} of ${grouped(all)} ${items} fell behind`;
  }
  const ranges = when
    .filter((range) => range.edge === name)
    .map(({ from, to }) => shownRange(state, from, to));
  return `it keeps up except ${ranges.join(', ')} UTC`;
}

/** Why a stage fell behind. */
function reason(state: MetricsState, stage: ConsumerStage, pattern: Pattern | undefined): string {
  const period = worstPeriod(named(state.evidence, stage), pattern);
  const { items, totalMs, serviceTimes, minMs, maxMs } = named(state.stages, stage);
  const meanMs = items === 0n ? 0 : totalMs / Number(items);
  const [p50Ms = 0] = percentiles(serviceTimes, { minMs, maxMs }, [50]);
  const [longest] = period?.top ?? [];
  switch (pattern) {
    case 'overload': {
      const load = worstLoad(state, stage);
      const [longestName = ''] =
        longest?.strategy === undefined ? [] : [` (\`${longest.strategy}\`)`];
      return load !== undefined && load > 1
        ? `offered load reached ${times(load)} capacity${longestName}`
        : `more work arrived than it could do, at ${milliseconds(meanMs)} an item${longestName}`;
    }
    case 'slow-items':
      return longest === undefined
        ? 'single items took much longer than the others'
        : `items waited behind single slow ones: ${costName(longest)} took up to ` +
            `${milliseconds(longest.ms)}, half of all items at most ${milliseconds(p50Ms)}`;
    case 'bursty-arrivals':
      return (
        `arrivals come in bursts: ${counted(period?.items ?? 0, 'item')} within ` +
        `${duration(((period?.to ?? 0) - (period?.from ?? 0)) / 1_000)} of market time, at ` +
        `${milliseconds(meanMs)} an item`
      );
    case 'waiting': {
      const { awaitedMs } = named(state.evidence, stage);
      const share = totalMs === 0 ? 0 : Math.min(1, awaitedMs / totalMs);
      return `${roundPercent(share)} of its service time is spent waiting, not computing`;
    }
    case undefined:
      return `more work arrived than it could do, at ${milliseconds(meanMs)} an item`;
  }
}

const HEADS: Readonly<Record<Pattern, string>> = {
  overload: 'is overloaded',
  'slow-items': 'is held up by slow items',
  'bursty-arrivals': 'gets bursts of work',
  waiting: 'waits for something outside',
};

/** The edge before a stage that has one. */
const edgeOf = ({ topology }: MetricsState, stage: ConsumerStage): EdgeDescription =>
  edgeBefore(topology, stage) ?? edgeIn(topology, stage);

/** One accused stage: what it is, how much fell behind, why, and for what its time went. */
export function accusation(
  state: MetricsState,
  accused: Accused,
  stage: ConsumerStage,
  pattern: Pattern | undefined,
  when: readonly When[],
): string {
  const own = edgeOf(state, stage);
  // A stage may be accused by an edge further down.
  const [pressed = own.name] = accused.edges;
  const edge = accused.edges.includes(own.name) ? own : edgeIn(state.topology, pressed);
  const { consumerName } = own;
  const head = pattern === undefined ? 'fell behind' : HEADS[pattern];
  const share = shareText(state, edge, accused, when);
  const cost = dominant(costsOf(state, stage, accused.scope));
  const who =
    cost === undefined ? '' : ` ${costName(cost)} took ${roundPercent(cost.share)} of its work.`;
  return `${consumerName} ${head}: ${share}; ${reason(state, stage, pattern)}.${who}`;
}

export function tandemText({ topology }: MetricsState, { isTandem, edges }: Accused): string {
  const [edge] = edges;
  if (!isTandem || edge === undefined) return '';
  return (
    `${edgeIn(topology, edge).consumerName} would keep up alone: the stages before it change the spacing of ` +
    'its arrivals, and only together they fall behind.'
  );
}

export function shieldedText(state: MetricsState, shielded: readonly ConsumerStage[]): string {
  return shielded
    .map((stage) => {
      const { deliveries, isolatedBehind } = named(state.evidence, stage);
      const edge = edgeOf(state, stage);
      return (
        `${edge.consumerName} could not keep up either: a slow ${edge.producerName} shields it. ` +
        `With all other stages instant, ${roundPercent(isolatedBehind / deliveries)} of ` +
        `its ${edge.items} would fall behind.`
      );
    })
    .join(' ');
}

export function whenText(state: MetricsState, { scope }: Accused, when: readonly When[]): string {
  const [first] = when;
  if (scope === 'minutes' || first === undefined) return '';
  const ranges = when
    .filter(({ edge }) => edge === first.edge)
    .slice(0, 3)
    .map(({ from, to, share }) => `${shownRange(state, from, to)} (${roundPercent(share)})`);
  return `It fell behind most in ${ranges.join(', ')} UTC.`;
}

export interface Speeds {
  readonly sustainableSpeed: number;
  readonly stableSpeed: number;
  readonly estimated: boolean;
}

export function speedsText(speeds: Speeds | undefined): string {
  if (speeds === undefined) return '';
  const { sustainableSpeed, stableSpeed, estimated } = speeds;
  const about = estimated ? ' Estimated: what was dropped counts with the mean of its kind.' : '';
  if (sustainableSpeed === Infinity && stableSpeed === Infinity)
    return `It keeps up at any speed.${about}`;
  return (
    `Sustainable speed: ${speedUpTo(sustainableSpeed)} (no edge grades worse than low); ` +
    `stable up to ${speedUpTo(stableSpeed)} (in no minute more work than time).${about}`
  );
}

/** What modifies the pattern, one sentence each. */
export function modifierTexts(state: MetricsState, modifiers: readonly Modifier[]): string[] {
  const texts: Readonly<Record<Modifier, () => string>> = {
    scheduled: () => 'It happens at the same times of the day, on several days.',
    gc: () => 'Garbage collection pauses are among the slow items.',
    'warm-up': () => 'The first items were much slower than the later ones: code that warms up.',
    'failing-strategy': () => failingText(state),
  };
  return modifiers.map((modifier) => texts[modifier]());
}

function failingText(state: MetricsState): string {
  return failingStrategies(state)
    .map((name) => {
      const {
        items = 0n,
        errors = 0n,
        firstError,
      } = (Object.hasOwn(state.strategies, name) && state.strategies[name]) || {};
      const first = firstError === undefined ? '' : `, first with: ${firstError}`;
      return `Strategy \`${name}\` failed on ${grouped(errors)} of ${counted(items, 'bar')}${first}.`;
    })
    .join(' ');
}

/** Said regardless of the grade: a strategy that hears of a bar one bar late is late. */
export function latenessText(state: MetricsState): string {
  const intervalMs = baseIntervalMs(state);
  const { bars } = state.run.configuration ?? {};
  if (bars === undefined || bars === 'tick' || !(intervalMs > 0)) return '';
  const { lateness } = named(state.edges, edgeOf(state, 'analysis').name);
  const [p99 = 0] = percentiles(lateness.cells, { minMs: 0, maxMs: lateness.maxMs }, [99]);
  if (!(p99 > intervalMs)) return '';
  return (
    `At p99, strategies hear of a bar ${duration(p99)} after it is due, more than one ` +
    `${bars} bar at this speed.`
  );
}
