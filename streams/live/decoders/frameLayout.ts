import { decimalOf, microsOfDigits, microsOfRfc3339 } from '../../sources/bytes/numbers';
import { midRounder } from '../../sources/order/midRounder';
import type { Micros } from '../../bars/bar';
import type { FrameDecoder, FrameSink, Ids, PriceOfQuotes } from './frameDecoder';

type Data = Readonly<Record<string, unknown>>;

/** Rows of one kind of frame: how it is recognized, and which field is what. */
export interface RowLayout {
  /** Fields that the frame, or the part that holds the rows, must have, with these values. */
  readonly when: Readonly<Record<string, string>>;
  /** Fields that it must have, no matter what they are. */
  readonly has?: readonly string[];
  readonly symbol: string;
  /** Epoch number or RFC 3339; NaN where the frame has none. */
  readonly time?: string;
  /** Trades. */
  readonly price?: string;
  readonly size?: string;
  /** A trade without a size has the size 0; otherwise it is damaged. */
  readonly isSizeOptional?: true;
  /** Quotes. */
  readonly bid?: string;
  readonly ask?: string;
  readonly id?: string;
  readonly ids: Ids;
}

/** How a venue's frames are read: nothing but names of fields. */
export interface FrameLayout {
  /** The member that holds the row, where it is wrapped. */
  readonly wrapper?: string;
  /** The member that holds an array of rows. */
  readonly rows?: string;
  /** In order: a symbol's trades are of the first kind that comes. */
  readonly trades: readonly RowLayout[];
  readonly quotes: readonly RowLayout[];
}

const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a venue's frames.
 *
 * @param price quotes and not trades are rows, reduced to this price
 */
export function layoutDecoder(layout: FrameLayout, price?: PriceOfQuotes): FrameDecoder {
  const kinds = price === undefined ? layout.trades : layout.quotes;
  const rowOf = price === undefined ? tradeReader() : quoteReader(price);
  return (text, sink) => {
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      sink.bad();
      return;
    }
    if (!isData(frame)) {
      sink.bad();
      return;
    }
    const { wrapper, rows } = layout;
    const wrapped = wrapper === undefined ? undefined : frame[wrapper];
    const data = isData(wrapped) ? wrapped : frame;
    const kind = kinds.find((each) => isOfKind(data, each));
    if (kind === undefined) {
      sink.other();
      return;
    }
    const found = rows === undefined ? [data] : data[rows];
    if (!Array.isArray(found) || found.length === 0) sink.bad();
    else
      for (const row of found) {
        if (isData(row)) rowOf(row, kind, sink);
        else sink.bad();
      }
  };
}

const isOfKind = (data: Data, { when, has = [] }: RowLayout): boolean =>
  Object.entries(when).every(([field, value]) => data[field] === value) &&
  has.every((field) => data[field] !== undefined);

type RowReader = (row: Data, kind: RowLayout, sink: FrameSink) => void;

function tradeReader(): RowReader {
  const kindOf = new Map<string, RowLayout>();
  return (row, kind, sink) => {
    const symbol = row[kind.symbol];
    const price = decimalOf(row[kind.price ?? '']);
    const given = row[kind.size ?? ''];
    const size = given === undefined && kind.isSizeOptional === true ? 0 : decimalOf(given);
    if (
      typeof symbol !== 'string' ||
      symbol === '' ||
      !(price - price === 0) ||
      !(size >= 0 && size < Infinity)
    ) {
      sink.bad();
      return;
    }
    const first = kindOf.get(symbol) ?? kind;
    if (first !== kind) {
      sink.other();
      return;
    }
    const time = timeOf(row, kind);
    const id = idOf(row, kind);
    if (time === undefined || id === undefined) {
      sink.bad();
      return;
    }
    kindOf.set(symbol, kind);
    sink.row(symbol, time, price, size, id);
  };
}

function quoteReader(side: PriceOfQuotes): RowReader {
  const roundMid = midRounder();
  return (row, kind, sink) => {
    const symbol = row[kind.symbol];
    const bid = decimalOf(row[kind.bid ?? '']);
    const ask = decimalOf(row[kind.ask ?? '']);
    const time = timeOf(row, kind);
    const id = idOf(row, kind);
    const isUsable =
      typeof symbol === 'string' && symbol !== '' && bid - bid === 0 && ask - ask === 0;
    if (!isUsable || time === undefined || id === undefined) {
      sink.bad();
      return;
    }
    const price = side === 'mid' ? roundMid((bid + ask) / 2) : side === 'bid' ? bid : ask;
    // A side of 0 is absent.
    if (side === 'mid' ? bid === 0 || ask === 0 : price === 0) sink.other();
    else sink.row(symbol, time, price, 0, id);
  };
}

/** NaN where the kind has no time; undefined where it is damaged. */
function timeOf(row: Data, { time: field }: RowLayout): Micros | undefined {
  if (field === undefined) return NaN;
  const value = row[field];
  if (value === undefined) return NaN;
  const micros = typeof value === 'number' ? microsOfDigits(String(value)) : microsOfRfc3339(value);
  return micros > 0 && micros < LATEST ? micros : undefined;
}

/** The year 2255: beyond it microseconds are not exact. */
const LATEST = 9e15;

function idOf(row: Data, { id: field }: RowLayout): number | undefined {
  if (field === undefined) return NaN;
  const id = decimalOf(row[field]);
  return Number.isSafeInteger(id) && id >= 0 ? id : undefined;
}
