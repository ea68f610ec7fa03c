import type { Data, DataType, RecordBatch, Vector } from 'apache-arrow';
import type { Micros } from '../../bars/bar';
import { SourceError } from '../sourceError';
import { NO_SYMBOL } from '../duckdb/symbolKeys';
import type { TimeColumn } from '../time/timeColumn';
import { microsOf } from '../time/timeColumn';
import { textIndexes } from './textIndexes';

/** `Type` of apache-arrow, which is loaded only where a file is read. */
const TYPES = { int: 2, float: 3, text: 5, decimal: 7, date: 8, timestamp: 10, dictionary: -1 };
const LARGE_TEXT = 20;
const DAY_UNIT = 0;
/** Microseconds a second, milli-, micro- and nanosecond have, in the order of Arrow's units. */
const UNITS = [1e6, 1e3, 1, 1e-3] as const;

const idOf = (type: DataType): number => type.typeId;

/** As the Arrow project writes it: `Timestamp<NANOSECOND>`. */
const nameOfType = (type: { toString(): string }): string => type.toString();

export const isTimestamp = (type: DataType): boolean =>
  idOf(type) === TYPES.timestamp || idOf(type) === TYPES.date;

/** Whether a type says what its times are of; dates are of UTC. */
export function isZoned(type: DataType): boolean {
  const { timezone } = type as DataType & { readonly timezone?: string | null };
  return idOf(type) !== TYPES.timestamp || (timezone !== undefined && timezone !== null);
}

/** A value as text, as it would stand in CSV. */
export function textOfValue(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
    ? String(value)
    : '';
}

const column = (batch: RecordBatch, at: number): { vector: Vector; data: Data } => {
  const vector = batch.getChildAt(at) as Vector;
  return { vector, data: vector.data[0] as Data };
};

/** Memory for columns of any length, one at a time: a column is good until the next is requested. */
export function columnMemory<T extends Float64Array | Uint32Array>(
  create: (length: number) => T,
): (length: number) => T {
  let memory = create(0);
  return (length) => {
    if (memory.length < length) memory = create(length);
    return memory.subarray(0, length) as T;
  };
}

/** A column of numbers: as it lies in the file, where it has doubles and no nulls; these become `missing`. */
export function numbersOf(batch: RecordBatch, at: number, missing: number): Float64Array {
  const { vector, data } = column(batch, at);
  const values: unknown = data.values;
  if (values instanceof Float64Array && data.nullCount === 0) {
    return values.subarray(data.offset, data.offset + data.length);
  }
  const numbers = new Float64Array(data.length);
  const isPlain = idOf(data.type) === TYPES.int || values instanceof Float32Array;
  if (isPlain && data.nullCount === 0) {
    const whole = data.values as ArrayLike<number | bigint>;
    for (let row = 0; row < numbers.length; row += 1) {
      numbers[row] = Number(whole[data.offset + row]);
    }
    return numbers;
  }
  for (let row = 0; row < numbers.length; row += 1) {
    const value: unknown = vector.get(row);
    numbers[row] = value === null ? missing : textOrNumber(value);
  }
  return numbers;
}

function textOrNumber(value: unknown): number {
  if (typeof value === 'string') return value.trim() === '' ? NaN : Number(value);
  return Number(value);
}

/** A column of times in microseconds, floored; nulls are NaN. */
export function timesOf(
  batch: RecordBatch,
  at: number,
  time: TimeColumn | { readonly written: 'timestamp' },
  memory = (length: number): Float64Array => new Float64Array(length),
): Float64Array {
  const { vector, data } = column(batch, at);
  const type = data.type as DataType & { readonly unit?: number };
  const times = memory(data.length);
  const values: unknown = data.values;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const micros =
      idOf(type) === TYPES.timestamp
        ? (UNITS[type.unit ?? 0] ?? 1)
        : idOf(type) === TYPES.date
          ? 1e3
          : 'unit' in time
            ? microsPer[time.unit]
            : 1;
    const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
    for (let row = 0; row < times.length; row += 1) {
      times[row] = scaled(words, 2 * (data.offset + row), micros);
    }
  } else if (idOf(type) === TYPES.date && type.unit === DAY_UNIT) {
    const days = data.values as Int32Array;
    for (let row = 0; row < times.length; row += 1) {
      times[row] = (days[data.offset + row] as number) * 86_400e6;
    }
  } else {
    for (let row = 0; row < times.length; row += 1) {
      const value: unknown = vector.get(row);
      times[row] =
        typeof value === 'string' && time.written !== 'timestamp'
          ? microsOf(value, time)
          : Math.floor(Number(value ?? NaN) * ('unit' in time ? microsPer[time.unit] : 1));
    }
  }
  if (data.nullCount > 0) {
    for (let row = 0; row < times.length; row += 1) if (!vector.isValid(row)) times[row] = NaN;
  }
  return times;
}

const microsPer = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 } as const;

/** A 64-bit integer as microseconds: nanoseconds have more digits than a double holds. */
function scaled(words: Int32Array, at: number, micros: number): Micros {
  const low = (words[at] as number) >>> 0;
  const high = words[at + 1] as number;
  if (micros >= 1) return (high * 2 ** 32 + low) * micros;
  const thousands = Math.floor(high / 1000);
  return thousands * 2 ** 32 + Math.floor(((high - thousands * 1000) * 2 ** 32 + low) / 1000);
}

/** Reads the indexes of a column's names, batch after batch; they are good until the next. */
export function nameReader(
  indexOf: (name: string) => number,
): (batch: RecordBatch, at: number) => Uint32Array {
  const texts = textIndexes(indexOf);
  const memory = columnMemory((length) => new Uint32Array(length));
  return (batch, at) => {
    const { vector, data } = column(batch, at);
    const indexes = memory(data.length);
    const { dictionary } = data;
    const values: unknown = data.values;
    const offsets: unknown = data.valueOffsets;
    if (dictionary !== undefined) {
      const keys = data.values as ArrayLike<number>;
      const known = Array.from({ length: dictionary.length }, (_, key) =>
        indexOf(textOfValue(dictionary.get(key))),
      );
      for (let row = 0; row < indexes.length; row += 1) {
        indexes[row] = known[Number(keys[data.offset + row])] ?? NO_SYMBOL;
      }
    } else if (values instanceof Uint8Array && offsets instanceof Int32Array) {
      texts.read(values, offsets, data.offset, indexes);
    } else {
      for (let row = 0; row < indexes.length; row += 1) {
        indexes[row] = indexOf(textOfValue(vector.get(row)));
      }
    }
    if (data.nullCount > 0) {
      const absent = indexOf('');
      for (let row = 0; row < indexes.length; row += 1) {
        if (!vector.isValid(row)) indexes[row] = absent;
      }
    }
    return indexes;
  };
}

/** Decimals are more than a double holds, and of lists and structures nobody knows what they mean. */
export function checkNumeric(name: string, field: string, type: DataType): void {
  const numeric: readonly number[] = [TYPES.int, TYPES.float, TYPES.text, LARGE_TEXT];
  if (numeric.includes(idOf(type))) return;
  throw new SourceError(
    'SOURCE_UNSUPPORTED',
    name,
    `its column ${field} has the type ${nameOfType(type)}`,
    'Write it as a column of doubles.',
  );
}
