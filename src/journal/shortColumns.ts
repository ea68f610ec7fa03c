import { z } from 'zod';
import type { PipelineEvent } from '../../streams/events';

/** No event has more rows: a damaged line must not ask for more memory than there is. */
const MOST_ROWS = 2 ** 24;
const NANOSECONDS = 1e6;

/** A column of numbers from 0 on. A negative number -n repeats the number before it n times. */
export function shortColumn(column: readonly number[]): readonly number[] {
  const short: number[] = [];
  for (let row = 0; row < column.length;) {
    const value = column[row] as number;
    const first = row;
    while (row < column.length && column[row] === value) row += 1;
    short.push(value);
    // A single repetition is as short written out.
    if (row - first === 2) short.push(value);
    else if (row - first > 2) short.push(first + 1 - row);
  }
  return short;
}

/** The column that was shortened; undefined where it is none. */
export function longColumn(short: readonly number[]): readonly number[] | undefined {
  const column: number[] = [];
  let last: number | undefined;
  for (const value of short) {
    if (value >= 0) {
      column.push((last = value));
      continue;
    }
    if (last === undefined || column.length - value > MOST_ROWS) return undefined;
    for (let times = value; times < 0; times += 1) column.push(last);
  }
  return column;
}

/** A column as it stands in a journal; read at its full length. */
export const columnSchema = z.array(z.int()).transform((short, context): number[] => {
  const column = longColumn(short);
  if (column !== undefined) return column as number[];
  context.addIssue('no column: it begins with a repetition, or has too many rows');
  return z.NEVER;
});

const nanosecondsOf = (ms: number): number => Math.round(ms * NANOSECONDS);
export const millisecondsOf = (ns: number): number => ns / NANOSECONDS;

/** Whether whole nanoseconds say exactly the same. */
const isWholeNs = (ms: number): boolean => ms >= 0 && millisecondsOf(nanosecondsOf(ms)) === ms;

/** An event as its line holds it: columns that repeat a value say so once. */
export function shortEvent(event: PipelineEvent): object {
  if (event.type === 'counts') {
    return {
      ...event,
      delivered: shortColumn(event.delivered),
      backpressure: shortColumn(event.backpressure),
      burst: shortColumn(event.burst),
    };
  }
  if (event.type !== 'worked') return event;
  const { totalMs, ...others } = event;
  return {
    ...others,
    strategies: shortColumn(event.strategies),
    ofIntervals: shortColumn(event.ofIntervals),
    items: shortColumn(event.items),
    ...(totalMs.every(isWholeNs)
      ? { totalNs: shortColumn(totalMs.map(nanosecondsOf)) }
      : { totalMs }),
  };
}
