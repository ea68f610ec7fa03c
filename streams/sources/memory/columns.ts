import type { Micros } from '../../bars/bar';
import { mapTicks } from '../../bars/rows';
import type { RowBatch, RowSource, TickColumns } from '../../bars/rows';

export interface RowColumns {
  /** Microseconds, in order; bars: of their starts. */
  readonly time: Float64Array;
  readonly close: Float64Array;
  /** The three are the close unless given, as they are for ticks. */
  readonly open?: Float64Array;
  readonly high?: Float64Array;
  readonly low?: Float64Array;
  /** 0 unless given. */
  readonly volume?: Float64Array;
  /** Trades and quotes; of rows with a close that is no number, no bars are made. */
  readonly ticks?: TickColumns;
  /** Names, and which of them each row is of: the first, unless given. */
  readonly symbols: readonly string[];
  readonly symbol?: Uint32Array;
  /** Length of the bars' windows in microseconds; 0, unless given: ticks. */
  readonly interval?: Micros;
  readonly name?: string;
}

const SLICE_ROWS = 2048;

/** Rows that lie in columns already, handed out in slices without copying. They are not checked. */
export function fromColumns(rows: RowColumns): RowSource {
  const { ticks } = rows;
  const { time, close, open = close, high = close, low = close, symbols } = rows;
  const volume = rows.volume ?? new Float64Array(time.length);
  const symbol = rows.symbol ?? new Uint32Array(time.length);
  let handedOut = 0;

  function* slices(): Generator<RowBatch> {
    for (let from = 0; from < time.length; from += SLICE_ROWS) {
      const to = Math.min(from + SLICE_ROWS, time.length);
      handedOut = to;
      yield {
        length: to - from,
        symbols,
        symbol: symbol.subarray(from, to),
        time: time.subarray(from, to),
        ...pricesOf([open, high, low, close], from, to),
        volume: volume.subarray(from, to),
        ...(ticks !== undefined && {
          ticks: mapTicks(ticks, (column) => column.subarray(from, to)),
        }),
      };
    }
  }

  return {
    name: rows.name ?? 'columns',
    interval: rows.interval ?? 0,
    batches: slices,
    counts: () => ({ rows: handedOut, outOfOrder: 0, badRows: 0 }),
    progress: () => (time.length === 0 ? 1 : handedOut / time.length),
    span: () => {
      const [from, to] = [time[0], time.at(-1)];
      return from === undefined || to === undefined ? undefined : { from, to };
    },
  };
}

/** Ticks have one column of prices, and one slice of it. */
function pricesOf(
  [open, high, low, close]: readonly [Float64Array, Float64Array, Float64Array, Float64Array],
  from: number,
  to: number,
): Pick<RowBatch, 'open' | 'high' | 'low' | 'close'> {
  const slice = close.subarray(from, to);
  const of = (column: Float64Array): Float64Array =>
    column === close ? slice : column.subarray(from, to);
  return { open: of(open), high: of(high), low: of(low), close: slice };
}
