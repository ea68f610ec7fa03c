import type { Bar } from '../bars/bar';
import type { Pin } from '../bars/history';
import type { Item } from '../bars/item';
import type { RingCells, RingShape } from './ring';

/** Entries in columns, of a ring or of a batch. */
export type ItemCells = Pick<RingCells, 'doubles' | 'ints'>;

/** due, offered, base, derived, market time, cause, time of a watermark; kind, symbol, interval. */
export const ITEM_COLUMNS: Omit<RingShape, 'slots'> = { doubles: 7, ints: 3 };

/** An entry is a reference: which row of which series, or what else there is to say. */
const KIND = { row: 0, watermark: 1, lastWatermark: 2, unfinished: 3, end: 4 } as const;

/** What a watermark says besides. */
const OPENS = 16;
const ENDS = 32;

/** Beside a kind: the item was sent on credit. */
const ON_CREDIT = 8;

/** Where the rows are that entries refer to. */
export interface Rows {
  /** The bar of a row, by the item's pin. */
  bar(interval: number, symbol: number, pin: Pin): Bar;
  /** Unfinished bars are in no series; they come in the order of their entries. */
  unfinished(): Bar;
}

function kindOf({ bar, watermark }: Item): number {
  if (bar !== undefined) return bar.complete ? KIND.row : KIND.unfinished;
  if (watermark?.last === true) return KIND.lastWatermark;
  return KIND.watermark | (watermark?.opens ? OPENS : 0) | (watermark?.ends ? ENDS : 0);
}

/** @param onCredit whether the gate still holds it, in its half that is in the consumer's thread */
export function writeItem(
  { doubles, ints }: ItemCells,
  slot: number,
  item: Item,
  onCredit: boolean,
): void {
  const [due, offered, base, derived, time, cause] = doubles as Doubles;
  const [kind, symbol, interval] = ints as Three;
  due[slot] = item.due;
  offered[slot] = item.offered;
  base[slot] = item.base;
  derived[slot] = item.derived;
  time[slot] = item.market;
  cause[slot] = item.cause;
  kind[slot] = onCredit ? kindOf(item) | ON_CREDIT : kindOf(item);
  symbol[slot] = item.symbol;
  interval[slot] = item.interval;
  if (item.watermark !== undefined) (doubles[6] as Float64Array)[slot] = item.watermark.time;
}

/** Nothing comes after this. */
export function writeEnd({ ints }: ItemCells, slot: number): void {
  (ints[0] as Int32Array)[slot] = KIND.end;
}

/** Whether the item of a slot was sent on credit. */
export function isOnCredit({ ints }: ItemCells, slot: number): boolean {
  return ((ints[0]?.[slot] as number) & ON_CREDIT) !== 0;
}

/** Undefined for the end. */
export function readItem({ doubles, ints }: ItemCells, slot: number, rows: Rows): Item | undefined {
  const flags = ints[0]?.[slot] as number;
  const kind = flags & ~(ON_CREDIT | OPENS | ENDS);
  if (kind === KIND.end) return undefined;
  const [dues, offers, bases, derivedRows, times, causes] = doubles as Doubles;
  const symbol = ints[1]?.[slot] as number;
  const interval = ints[2]?.[slot] as number;
  const base = bases[slot] as number;
  const derived = derivedRows[slot] as number;
  const market = times[slot] as number;
  const bar =
    kind === KIND.row
      ? rows.bar(interval, symbol, { base, derived })
      : kind === KIND.unfinished
        ? rows.unfinished()
        : undefined;
  const watermark =
    bar === undefined
      ? {
          time: doubles[6]?.[slot] as number,
          last: kind === KIND.lastWatermark,
          ...((flags & OPENS) === 0 ? {} : { opens: true as const }),
          ...((flags & ENDS) === 0 ? {} : { ends: true as const }),
        }
      : undefined;
  const cause = causes[slot] as number;
  const due = dues[slot] as number;
  const offered = offers[slot] as number;
  return { bar, watermark, symbol, interval, base, derived, market, cause, due, offered };
}

type Doubles = readonly [
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
];
type Three = readonly [Int32Array, Int32Array, Int32Array];
