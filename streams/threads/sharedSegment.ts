import { COLUMNS } from '../bars/barSeries';
import type { Columns } from '../bars/barSeries';

/**
 * A stretch of one series in columns over shared memory. Its writer appends; rows never change once
 * they have an order, which is written last. The rows carried over from the segment before, at the
 * front, let every view be one piece of memory.
 */
interface Segment {
  readonly buffer: SharedArrayBuffer;
  readonly capacity: number;
  /** Order of the first row that is not carried over. */
  readonly first: number;
}

/** A segment as it is announced to readers. */
export interface Announcement extends Segment {
  readonly symbol: number;
  readonly symbolName: string;
  /** Index of the interval; 0 is the base. */
  readonly interval: number;
}

export type SharedColumns = Columns & Readonly<Record<'coverage' | 'gap', Float64Array>>;

const NAMES = [...COLUMNS, 'order', 'coverage', 'gap'] as const;

/**
 * The order of a row that is not written yet: later than every pin. Anyone who reads while the row is
 * being written finds this or the row's own order, and both are later than what he may see.
 */
const NEVER = Infinity;

export function sharedColumns({ buffer, capacity }: Segment): SharedColumns {
  return Object.fromEntries(
    NAMES.map((name, index) => [name, new Float64Array(buffer, index * capacity * 8, capacity)]),
  ) as SharedColumns;
}

export function newSegment(capacity: number, first: number): Segment {
  const segment = {
    buffer: new SharedArrayBuffer(NAMES.length * capacity * 8),
    capacity,
    first,
  };
  sharedColumns(segment).order.fill(NEVER);
  return segment;
}

/** Copies rows [from, to) to the front of other columns. */
export function carryOver(
  source: SharedColumns,
  from: number,
  to: number,
  target: SharedColumns,
): void {
  for (const name of NAMES) target[name].set(source[name].subarray(from, to));
}

/** How many rows have an order of at most `pin`. */
export function visibleRows({ order }: SharedColumns, pin: number): number {
  let from = 0;
  let to = order.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((order[middle] as number) <= pin) from = middle + 1;
    else to = middle;
  }
  return from;
}
