import { edgeIn, edgesOf } from '../metrics';
import { THRESHOLDS } from '../report';
import { STANDARD_TOPOLOGY } from '../../streams/topology';
import type { StandardEdge } from '../../streams/topology';
import type { Micros } from '../../streams';
import { rangeOf } from '../report/busyMachine';
import { roundPercent } from '../report/format';
import { speedFrom, speedUpTo } from '../report/speedText';
import type { Capacity } from './capacity';

/** 13:30 UTC; with seconds where there are any, with its day where the data has several. */
export function clockTime(micros: Micros, { from, to }: Capacity['span']): string {
  const iso = new Date(Math.floor(micros / 1_000)).toISOString();
  const seconds = iso.slice(17, 19) === '00' ? '' : iso.slice(16, 19);
  const time = `${iso.slice(11, 16)}${seconds} UTC`;
  const isOneDay = to - from <= 86_400_000_000;
  return isOneDay ? time : `${iso.slice(0, 10)} ${time}`;
}

function spanName({ from, to }: Capacity['span']): string {
  const days = (to - from) / 86_400_000_000;
  if (days > 1.01) return `over all ${Math.ceil(days)} days`;
  return days > 0.95 ? 'over the whole day' : 'over the whole time';
}

function windowName(length: Micros): string {
  const minutes = length / 60_000_000;
  return minutes === 1 ? 'in the busiest minute' : `in the busiest ${minutes} minutes`;
}

/** What *keeps up* means: "under 5 % of bars and under 10 % of cycles behind". */
const CRITERION = `${edgesOf()
  .map(
    ({ name, items }) =>
      `under ${roundPercent(THRESHOLDS[name as StandardEdge].medium)} of ${items}`,
  )
  .join(' and ')} behind`;

/** What is known of how sure the answer is. */
export interface Spread {
  /** Between which speeds it lies, where the machine was busy. */
  readonly busy?: readonly [low: number, high: number] | undefined;
  /** The slowest and the fastest of several passes. */
  readonly passes?:
    { readonly count: number; readonly range: readonly [number, number] } | undefined;
  /** Strategies whose calls all failed: they took no time for what they were to do. */
  readonly failing?: readonly string[];
}

/** The answer in one line: how fast, by what criterion, and how far measurements of it scatter. */
export function headlineOf(
  capacity: Capacity,
  { busy, passes, failing = [] }: Spread = {},
): string {
  const { sustainableSpeed, averageSpeed, worstWindow, critical, span } = capacity;
  const first = critical[0];
  const failed = failing.length === 0 ? '' : `, but all calls of ${failing.join(' and ')} failed`;
  if (sustainableSpeed === Infinity) {
    return `keeps up at any speed${failed}: what it has to do takes no time that could be measured`;
  }
  const speed =
    busy === undefined
      ? `${speedUpTo(sustainableSpeed)} real time`
      : `${rangeOf(busy)} real time (the machine was busy)`;
  const keeps =
    sustainableSpeed === 0
      ? `keeps up at no speed${failed} (${CRITERION})`
      : `keeps up to ${speed}${failed} (${CRITERION}${scatter(capacity, passes)})`;
  const fails =
    first === undefined || first.speed === Infinity
      ? ''
      : `; from ${speedFrom(first.speed)} ${edgeIn(STANDARD_TOPOLOGY, first.edge).label.toLowerCase()} is critical`;
  const average = `; ${spanName(span)} there would be room for ${speedUpTo(averageSpeed)}`;
  const worst =
    worstWindow === undefined
      ? ''
      : `, ${windowName(worstWindow.to - worstWindow.from)} ` +
        `(${clockTime(worstWindow.from, span)}) only for ${speedUpTo(worstWindow.speed)}`;
  return `${keeps}${fails}${average}${worst}`;
}

function scatter({ partsRange }: Capacity, passes: Spread['passes']): string {
  if (passes !== undefined) return `; ${rangeOf(passes.range)} in ${passes.count} passes`;
  return partsRange === undefined ? '' : `; ${rangeOf(partsRange)} in the quarters of one pass`;
}
