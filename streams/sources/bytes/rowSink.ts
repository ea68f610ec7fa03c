import type { RowKind } from '../fileOptions';
import type { BadRow } from '../order/badRow';
import { whatIsWrongWithTick, whatIsWrongWithValues } from '../order/badRow';
import { TICK_ROLES } from '../tickLayout';
import type { RowCollector } from '../order/rowCollector';
import type { RowSink } from './decoder';

const ROWS = 2048;

interface CollectingSink extends RowSink {
  /** Hands what was collected to the collector. */
  flush(): void;
}

/**
 * Collects the rows that a decoder finds into columns, for an collector.
 *
 * @param isBad is notified of every row that cannot be used, in the file's order, and may throw
 */
export function rowSink(
  kind: RowKind,
  collector: RowCollector,
  isBad: (row: BadRow) => void,
  withTicks = false,
): CollectingSink {
  const time = new Float64Array(ROWS);
  const width = withTicks ? TICK_ROLES.length : valuesOf[kind];
  const values = Array.from({ length: width }, () => new Float64Array(ROWS));
  const [first, second, third, fourth, fifth] = values as [
    Float64Array,
    Float64Array,
    ...Float64Array[],
  ];
  const symbol = new Uint32Array(ROWS);
  const extra = kind === 'bars' ? new Float64Array(ROWS) : undefined;
  const places = new Float64Array(ROWS);
  const indexes = new Map<string, number>();
  const { counts, symbols } = collector;
  let length = 0;

  const flush = (): void => {
    if (length === 0) return;
    const rows = { length, time, values, symbol, extra };
    length = 0;
    const bad = collector.take(rows);
    if (bad < 0) return;
    for (let row = bad; row < rows.length; row += 1) {
      const found = values.map((column) => column[row] as number);
      const wrong = (withTicks ? whatIsWrongWithTick : whatIsWrongWithValues)(
        kind,
        time[row] as number,
        found,
      );
      if (wrong !== undefined) isBad({ place: places[row] as number, wrong });
    }
  };
  const begin = (place: number, at: number, of: number): number => {
    if (length === ROWS) flush();
    places[length] = place;
    time[length] = at;
    symbol[length] = of;
    return length++;
  };

  const tick = (row: number, ...given: readonly number[]): void => {
    for (let at = 0; at < given.length; at += 1) {
      (values[at] as Float64Array)[row] = given[at] as number;
    }
  };

  return {
    symbol: (name) => {
      let index = indexes.get(name);
      if (index === undefined) {
        index = symbols.push(name) - 1;
        indexes.set(name, index);
      }
      return index;
    },
    trade: (place, at, of, price, size, side = 0) => {
      const row = begin(place, at, of);
      if (withTicks) tick(row, price, size, side, NaN, NaN, NaN, NaN);
      else {
        first[row] = price;
        second[row] = size;
      }
    },
    quote: (place, at, of, bid, ask, bidSize = NaN, askSize = NaN) => {
      const row = begin(place, at, of);
      if (withTicks) tick(row, NaN, 0, 0, bid, ask, bidSize, askSize);
      else {
        first[row] = bid;
        second[row] = ask;
      }
    },
    bar: (place, at, of, prices, volume, madeOf = NaN) => {
      const row = begin(place, at, of);
      first[row] = prices[0];
      second[row] = prices[1];
      (third as Float64Array)[row] = prices[2];
      (fourth as Float64Array)[row] = prices[3];
      (fifth as Float64Array)[row] = volume;
      (extra as Float64Array)[row] = madeOf;
    },
    pass: (what) => {
      counts.skipped[what] = (counts.skipped[what] ?? 0) + 1;
    },
    bad: (place, wrong) => {
      flush();
      counts.badRows += 1;
      isBad({ place, wrong });
    },
    flush,
  };
}

const valuesOf: Readonly<Record<RowKind, number>> = { trades: 2, quotes: 3, bars: 5 };
