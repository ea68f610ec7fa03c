import { edgeIn } from '../metrics';
import { STANDARD_TOPOLOGY } from '../../streams/topology';
import type { Micros } from '../../streams';
import { rangeOf } from '../report/busyMachine';
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

/**
 * The answer in one line.
 *
 * @param range between which speeds it lies, where the machine was busy
 */
export function headlineOf(capacity: Capacity, range?: readonly [number, number]): string {
  const { sustainableSpeed, averageSpeed, worstWindow, critical, span } = capacity;
  const first = critical[0];
  if (sustainableSpeed === Infinity) {
    return 'keeps up at any speed: what it has to do takes no time that could be measured';
  }
  const keeps =
    sustainableSpeed === 0
      ? 'keeps up at no speed'
      : range === undefined
        ? `keeps up to ${speedUpTo(sustainableSpeed)} real time`
        : `keeps up to ${rangeOf(range)} real time (the machine was busy)`;
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
