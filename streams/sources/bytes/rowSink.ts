import type { RowKind } from '../fileOptions';
import type { BadRow } from '../order/badRow';
import { whatIsWrongWithValues } from '../order/badRow';
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
 * @param isBad is told of every row that cannot be used, in the file's order, and may throw
 */
export function rowSink(
  kind: RowKind,
  collector: RowCollector,
  isBad: (row: BadRow) => void,
): CollectingSink {
  const time = new Float64Array(ROWS);
  const values = Array.from({ length: valuesOf[kind] }, () => new Float64Array(ROWS));
  const [first, second, third, fourth, fifth] = values as [
    Float64Array,
    Float64Array,
    ...Float64Array[],
  ];
  const symbol = new Uint32Array(ROWS);
  const places = new Float64Array(ROWS);
  const indexes = new Map<string, number>();
  const { counts, symbols } = collector;
  let length = 0;

  const flush = (): void => {
    if (length === 0) return;
    const rows = { length, time, values, symbol };
    length = 0;
    const bad = collector.take(rows);
    if (bad < 0) return;
    for (let row = bad; row < rows.length; row += 1) {
      const wrong = whatIsWrongWithValues(
        kind,
        time[row] as number,
        values.map((column) => column[row] as number),
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

  return {
    symbol: (name) => {
      let index = indexes.get(name);
      if (index === undefined) {
        index = symbols.push(name) - 1;
        indexes.set(name, index);
      }
      return index;
    },
    trade: (place, at, of, price, size) => {
      const row = begin(place, at, of);
      first[row] = price;
      second[row] = size;
    },
    quote: (place, at, of, bid, ask) => {
      const row = begin(place, at, of);
      first[row] = bid;
      second[row] = ask;
    },
    bar: (place, at, of, prices, volume) => {
      const row = begin(place, at, of);
      first[row] = prices[0];
      second[row] = prices[1];
      (third as Float64Array)[row] = prices[2];
      (fourth as Float64Array)[row] = prices[3];
      (fifth as Float64Array)[row] = volume;
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
