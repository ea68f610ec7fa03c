import type { Micros } from '../../bars/bar';

/** Takes a file's bytes in pieces of any size and hands on what it finds. */
export interface Decoder {
  push(bytes: Buffer): void;
  /** All bytes were pushed: throws a `SourceError` if something is missing. */
  end(): void;
}

/**
 * Where a decoder puts what it finds. A place is what people look for in the file: a line, or where
 * there are no lines, the number of a record, counted from 1.
 */
export interface RowSink {
  /** Index of a symbol. */
  symbol(name: string): number;
  /** @param side of the aggressor: 1 for a buy, -1 for a sell, 0 or nothing where it is unknown */
  trade(
    place: number,
    time: Micros,
    symbol: number,
    price: number,
    size: number,
    side?: number,
  ): void;
  /** A side that is absent is 0; a size that is unknown is left out, or not a number. */
  quote(
    place: number,
    time: Micros,
    symbol: number,
    bid: number,
    ask: number,
    bidSize?: number,
    askSize?: number,
  ): void;
  /** @param madeOf how many rows it was made of, negative while it is unfinished; unknown unless given */
  bar(
    place: number,
    time: Micros,
    symbol: number,
    prices: Prices,
    volume: number,
    madeOf?: number,
  ): void;
  /** Something that is no row of this kind, and is passed over. */
  pass(kind: string): void;
  /** A row that cannot be used; `wrong` is the rest of a sentence after "the row". */
  bad(place: number, wrong: string): void;
}

/** Open, high, low and close. */
export type Prices = readonly [number, number, number, number];
