import type { Micros } from '../../bars/bar';
import type { DbnMetadata } from '../bytes/dbnMetadata';
import { DamagedDbn, dbnMetadataLength, readDbnMetadata } from '../bytes/dbnMetadata';
import type { Decoder, RowSink } from '../bytes/decoder';
import type { RowClock, RowKind } from '../fileOptions';
import { SourceError } from '../sourceError';
import { PRICE_DIVISOR } from './databentoCsv';
import { damagedDbn, truncatedDbn } from './dbnErrors';
import { LENGTHS, OTHERS } from './dbnTypes';

const RECORD_HEADER = 16;
/** Records that have the best bid and ask behind the order or trade. */
const BOOK_LENGTH = 80;
const TRADE = 'T'.charCodeAt(0);
/** Of the aggressor: A for ask is a seller. */
const SIDES: Readonly<Record<number, number>> = { 65: -1, 66: 1 };

/** Makes rows of the records of one type; the others are passed over. */
export function dbnDecoder(
  path: string,
  wanted: number,
  kind: RowKind,
  clock: RowClock,
  rows: RowSink,
  withTicks = false,
): Decoder {
  let held: Buffer = Buffer.alloc(0);
  let metadata: DbnMetadata | undefined;
  let number = 0;
  const symbolAt = symbols((instrument, day) =>
    rows.symbol(metadata?.symbolOf(instrument, day) ?? ''),
  );

  const record = (bytes: Buffer, at: number, length: number): void => {
    number += 1;
    const type = bytes.readUInt8(at + 1);
    // Records have a timestamp behind them, if that was requested, and no other lengths.
    const known = LENGTHS[type];
    if (known !== undefined && length !== known && length !== known + 8) {
      throw damagedDbn(path, `its record ${number} is ${length} bytes long instead of ${known}`);
    }
    if (type !== wanted) {
      rows.pass(OTHERS[type] ?? `record of type ${type}`);
      return;
    }
    const event = microsAt(bytes, at + 8);
    const received = kind === 'bars' || clock === 'exchange' ? event : microsAt(bytes, at + 32);
    const symbol = symbolAt(bytes.readUInt32LE(at + 4), Number.isNaN(event) ? received : event);
    const price = (offset: number): number => priceAt(bytes, at + offset);
    const addTrade = (): void => {
      const aggressor = SIDES[bytes.readUInt8(at + 29)] ?? 0;
      rows.trade(number, received, symbol, price(16), bytes.readUInt32LE(at + 24), aggressor);
    };
    if (withTicks && known !== undefined && known >= BOOK_LENGTH) {
      const [bidSize, askSize] = [bytes.readUInt32LE(at + 64), bytes.readUInt32LE(at + 68)];
      const [bid, ask] = [side(price(48)), side(price(56))];
      if (kind === 'quotes' || bid !== 0 || ask !== 0) {
        rows.quote(number, received, symbol, bid, ask, bidSize, askSize);
      }
      if (kind === 'trades' || bytes.readUInt8(at + 28) === TRADE) addTrade();
    } else if (kind === 'trades') {
      addTrade();
    } else if (kind === 'quotes') {
      rows.quote(number, received, symbol, side(price(48)), side(price(56)));
    } else {
      const volume = bytes.readUInt32LE(at + 52) * 2 ** 32 + bytes.readUInt32LE(at + 48);
      rows.bar(number, received, symbol, [price(16), price(24), price(32), price(40)], volume);
    }
  };

  return {
    push: (piece) => {
      let bytes = held.length === 0 ? piece : Buffer.concat([held, piece]);
      let at = 0;
      if (metadata === undefined) {
        try {
          const length = dbnMetadataLength(bytes);
          if (length === undefined || bytes.length < length) {
            held = bytes;
            return;
          }
          metadata = readDbnMetadata(bytes.subarray(0, length));
          bytes = bytes.subarray(length);
        } catch (error) {
          if (error instanceof DamagedDbn) throw damagedDbn(path, error.message);
          throw error;
        }
      }
      while (at < bytes.length) {
        const length = bytes.readUInt8(at) * 4;
        if (length < RECORD_HEADER) {
          throw damagedDbn(path, `its record ${number + 1} claims to be ${length} bytes long`);
        }
        if (at + length > bytes.length) break;
        record(bytes, at, length);
        at += length;
      }
      held = bytes.subarray(at);
    },
    end: () => {
      if (metadata === undefined) throw truncatedDbn(path, 'its metadata');
      if (held.length > 0) throw truncatedDbn(path, `its record ${number + 1}`);
      if (number > 0) return;
      throw new SourceError(
        'SOURCE_NO_ROWS',
        path,
        'has metadata and no records',
        'There is nothing to replay.',
      );
    },
  };
}

/** The row's symbol is looked up once an instrument and day. */
function symbols(find: (instrument: number, day: number) => number) {
  const known = new Map<number, number>();
  let day = NaN;
  let date = 0;
  return (instrument: number, time: Micros): number => {
    const now = Math.floor(time / 86_400e6);
    if (now !== day) {
      known.clear();
      day = now;
      date = Number.isNaN(now) ? 0 : dateOf(now);
    }
    let index = known.get(instrument);
    if (index === undefined) {
      index = find(instrument, date);
      known.set(instrument, index);
    }
    return index;
  };
}

const dateOf = (day: number): number =>
  Number(new Date(day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''));

/** Nanoseconds in 64 bits as microseconds, floored, without BigInt; NaN for an undefined time. */
function microsAt(bytes: Buffer, at: number): Micros {
  const low = bytes.readUInt32LE(at);
  const high = bytes.readUInt32LE(at + 4);
  if (high >= LATEST_HIGH) return NaN;
  const thousands = Math.floor(high / 1000);
  return thousands * 2 ** 32 + Math.floor(((high % 1000) * 2 ** 32 + low) / 1000);
}

/** Beyond it, microseconds exceed what a double holds; undefined times are all ones. */
const LATEST_HIGH = 0x7fffffff;

/** NaN for an undefined price. */
function priceAt(bytes: Buffer, at: number): number {
  const low = bytes.readUInt32LE(at);
  const high = bytes.readInt32LE(at + 4);
  if (high === 0x7fffffff && low === 0xffffffff) return NaN;
  return (high * 2 ** 32 + low) / PRICE_DIVISOR;
}

const side = (price: number): number => (Number.isNaN(price) ? 0 : price);
