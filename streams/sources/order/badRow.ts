import type { Micros } from '../../bars/bar';
import type { RowKind } from '../fileOptions';
import { SourceError } from '../sourceError';

/** A row that cannot be used. */
export interface BadRow {
  /** Its line, or where there are no lines, its number among the rows; counted from 1. */
  readonly place: number;
  /** The rest of a sentence after "the row". */
  readonly wrong: string;
}

/** How many bad rows are kept to be shown; all are counted. */
export const SHOWN_BAD_ROWS = 20;

export const badRow = (name: string, { place, wrong }: BadRow): SourceError =>
  new SourceError(
    'SOURCE_BAD_ROW',
    `${name}:${place}`,
    `the row ${wrong}`,
    'Correct it, or skip such rows with --bad-rows skip.',
  );

/** Times that make sense, in microseconds; half-open. */
interface TimeRange {
  readonly from: Micros;
  readonly to: Micros;
}

/** More than three thousand years from 1970, either way. */
export const ANY_TIME: TimeRange = { from: -1e17, to: 1e17 };

/** Why a collector does not take a row that was decoded; nothing if it does. */
export function whatIsWrongWithValues(
  kind: RowKind,
  time: number,
  values: readonly number[],
  { from, to }: TimeRange = ANY_TIME,
): string | undefined {
  if (Number.isNaN(time)) return 'has no time that can be read';
  if (!(time >= from && time < to)) return `has the time ${time} µs, unlike those of other rows`;
  const size = values.at(-1) as number;
  const prices = values.slice(0, -1);
  const odd = prices.find((price) => !Number.isFinite(price));
  if (odd !== undefined) return 'has a price that is no number';
  if (kind === 'bars' && (prices[1] as number) < (prices[2] as number)) {
    return `has a high of ${prices[1]} below its low of ${prices[2]}`;
  }
  return size >= 0 && size < Infinity ? undefined : `has the size ${size}`;
}

/** The same of a row with all that trades and quotes have, in the order of `TICK_ROLES`. */
export function whatIsWrongWithTick(
  kind: RowKind,
  time: number,
  [price = NaN, size = 0, , bid = NaN, ask = NaN]: readonly number[],
  range: TimeRange = ANY_TIME,
): string | undefined {
  const isQuote = Number.isFinite(bid) || Number.isFinite(ask);
  if (kind === 'quotes' || (Number.isNaN(price) && isQuote)) {
    return whatIsWrongWithValues('quotes', time, [orNone(bid), orNone(ask), 0], range);
  }
  return whatIsWrongWithValues('trades', time, [price, size], range);
}

const orNone = (side: number): number => (Number.isNaN(side) ? 0 : side);
