import type { Micros } from '../../bars/bar';
import { DAY, intervalName } from '../../bars/interval';
import { mapTicks } from '../../bars/rows';
import type { RowBatch } from '../../bars/rows';
import type { FileOptions } from '../fileOptions';
import { SourceError } from '../sourceError';
import { BarConflict } from './barConflict';

interface BarFilterOptions extends Pick<FileOptions, 'onConflict'> {
  /** Length of the bars. */
  readonly interval: Micros;
  /** The length was detected by other bars, so that bars that overlap disprove it. */
  readonly isInferred: boolean;
  /** Files by their numbers. */
  readonly names: readonly string[];
}

/** Which file each row of a batch is of: all of one, or row by row. */
export type Origins = number | Uint32Array;

export interface BarFilter {
  /** Bars that were there already and were left out. */
  readonly duplicates: number;
  /** Bars that begin before the one before them, of their symbol, has ended. */
  readonly overlaps: number;
  /** The rows that are new; those of the last time may be held until the next call. */
  filter(batch: RowBatch, origins?: Origins): RowBatch;
  /** What is held, at the end. */
  rest(): RowBatch | undefined;
}

/** What is known of a symbol: time, five values, file. */
const WIDTH = 7;
const VALUES = ['open', 'high', 'low', 'close', 'volume'] as const;

/**
 * Leaves out bars that come twice, as they do where files overlap: the same bar once more is counted,
 * another one of the same symbol and start is an error (a `BarConflict`), unless the first or the last of them is to count.
 * Batches come in order of time.
 */
export function barFilter(options: BarFilterOptions): BarFilter {
  const { onConflict = 'error', interval, isInferred, names } = options;
  // Days and longer ones are an hour shorter when the clocks are set forward, months have 28 days.
  const least = interval < DAY ? interval : interval * 0.9 - 3_600e6;
  /** By symbol: time, values and file of its last bar. */
  let known = new Float64Array(WIDTH * 64).fill(NaN);
  let duplicates = 0;
  let overlaps = 0;
  let held: RowBatch | undefined;

  const isRepeated = (batch: RowBatch, row: number, origin: number): boolean => {
    const at = WIDTH * (batch.symbol[row] as number);
    if (at >= known.length) {
      const more = new Float64Array(Math.max(at + WIDTH, 2 * known.length)).fill(NaN);
      more.set(known);
      known = more;
    }
    const time = batch.time[row] as Micros;
    const before = known[at] as Micros;
    const { open, high, low, close, volume } = batch;
    if (time !== before) {
      if (before < time && time - before < least) {
        overlaps += 1;
        if (isInferred) checkOverlap(batch, row, before, origin);
      }
      known[at] = time;
      known[at + 1] = open[row] as number;
      known[at + 2] = high[row] as number;
      known[at + 3] = low[row] as number;
      known[at + 4] = close[row] as number;
      known[at + 5] = volume[row] as number;
      known[at + 6] = origin;
      return false;
    }
    const differs = VALUES.find((name, place) => batch[name][row] !== known[at + 1 + place]);
    if (differs !== undefined && onConflict === 'error')
      throw conflict(batch, row, differs, origin);
    duplicates += 1;
    return true;
  };

  const checkOverlap = (batch: RowBatch, row: number, last: Micros, origin: number): void => {
    const time = batch.time[row] as Micros;
    // A single odd stamp is no other length: less than a third of one is.
    if (time - last >= least / 3) return;
    throw new SourceError(
      'SOURCE_MIXED_INTERVALS',
      names[origin] ?? '',
      `its bars were taken for ones of ${intervalName(interval)}, and those of ` +
        `${batch.symbols[batch.symbol[row] as number] ?? ''} at ${isoOf(last)} and ${isoOf(time)} are closer`,
      'Say their length with --recorded, or give bars of one length a file of their own.',
    );
  };

  const conflict = (
    batch: RowBatch,
    row: number,
    name: (typeof VALUES)[number],
    origin: number,
  ): BarConflict => {
    const s = batch.symbol[row] as number;
    const at = WIDTH * s;
    const before = known[at + 1 + VALUES.indexOf(name)] as number;
    return new BarConflict(
      batch.symbols[s] ?? '',
      known[at] as Micros,
      name,
      { origin: known[at + 6] as number, value: before },
      { origin, value: batch[name][row] as number },
    );
  };

  /** Rows that are kept, in a batch of their own if not all are. */
  const kept = (batch: RowBatch, origins: Origins): RowBatch => {
    let rows: number[] | undefined;
    for (let row = 0; row < batch.length; row += 1) {
      const origin = typeof origins === 'number' ? origins : (origins[row] as number);
      if (isRepeated(batch, row, origin)) {
        rows ??= Array.from({ length: row }, (_, at) => at);
      } else rows?.push(row);
    }
    return rows === undefined ? batch : picked(batch, rows);
  };

  /** The last bar of a symbol and start counts: rows of the last time wait for what comes next. */
  const lastOnes = (batch: RowBatch): RowBatch => {
    const all = held === undefined ? batch : joined(held, batch);
    const seen = new Map<string, number>();
    for (let row = 0; row < all.length; row += 1) {
      seen.set(`${all.symbol[row] ?? 0} ${all.time[row] ?? 0}`, row);
    }
    const rows = [...seen.values()].toSorted((a, b) => a - b);
    duplicates += all.length - rows.length;
    const latest = all.time[all.length - 1];
    const done = rows.filter((row) => all.time[row] !== latest);
    held = picked(all, rows.slice(done.length));
    return picked(all, done);
  };

  return {
    get duplicates() {
      return duplicates;
    },
    get overlaps() {
      return overlaps;
    },
    filter: (batch, origins = 0) =>
      onConflict === 'last' && batch.length > 0 ? lastOnes(batch) : kept(batch, origins),
    rest: () => {
      const rest = held;
      held = undefined;
      return rest;
    },
  };
}

const isoOf = (time: Micros): string => new Date(time / 1000).toISOString().replace('.000Z', 'Z');

/** Copies of some rows. */
export function picked(batch: RowBatch, rows: readonly number[]): RowBatch {
  const of = (column: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => column[row] as number);
  const close = of(batch.close);
  const price = (column: Float64Array): Float64Array =>
    column === batch.close ? close : of(column);
  return {
    length: rows.length,
    symbols: batch.symbols,
    symbol: Uint32Array.from(rows, (row) => batch.symbol[row] as number),
    time: of(batch.time),
    open: price(batch.open),
    high: price(batch.high),
    low: price(batch.low),
    close,
    volume: of(batch.volume),
    ...(batch.count !== undefined && { count: of(batch.count) }),
    ...(batch.ticks !== undefined && { ticks: mapTicks(batch.ticks, of) }),
  };
}

function joined(first: RowBatch, second: RowBatch): RowBatch {
  const both = (name: 'time' | (typeof VALUES)[number]): Float64Array =>
    Float64Array.of(
      ...first[name].subarray(0, first.length),
      ...second[name].subarray(0, second.length),
    );
  return {
    length: first.length + second.length,
    symbols: second.symbols,
    symbol: Uint32Array.of(
      ...first.symbol.subarray(0, first.length),
      ...second.symbol.subarray(0, second.length),
    ),
    time: both('time'),
    open: both('open'),
    high: both('high'),
    low: both('low'),
    close: both('close'),
    volume: both('volume'),
    ...(second.count !== undefined && {
      count: Float64Array.of(
        ...(first.count ?? new Float64Array(first.length).fill(1)).subarray(0, first.length),
        ...second.count.subarray(0, second.length),
      ),
    }),
  };
}
