import type { Micros } from '../bars/bar';
import type { RowBatch, RowSource } from '../bars/rows';
import { layoutDecoder } from './decoders/frameLayout';
import { FRAME_LAYOUTS } from './decoders/layouts';
import type { FrameReading } from './liveSource';
import { recordingLines } from './recording/recordingLines';
import { readRecordingLine } from './recording/recordingLine';

interface HistoryRow {
  readonly symbol: number;
  readonly time: Micros;
  readonly price: number;
  readonly size: number;
}

/** Rows that are handed out at once, at most. */
const MOST_ROWS = 2_048;

/** Recorded frames as a history: in order of the exchange's time, each once, with the last id of each symbol. */
export class HistoryFrames implements RowSource {
  readonly name: string;
  readonly interval = 0;
  /** Of each symbol, the largest id; complete when the batches are through. */
  readonly lastIds = new Map<string, number>();
  readonly #path: string;
  readonly #reading: FrameReading;
  #rows = 0;

  constructor(path: string, reading: FrameReading) {
    this.name = path;
    this.#path = path;
    this.#reading = reading;
  }

  async *batches(): AsyncGenerator<RowBatch> {
    const symbols: string[] = [];
    const rows = await this.#read(symbols);
    // A stable sort: rows of one time stay as they were received.
    rows.sort((a, b) => a.time - b.time);
    for (let from = 0; from < rows.length; from += MOST_ROWS) {
      const some = rows.slice(from, from + MOST_ROWS);
      this.#rows += some.length;
      const price = Float64Array.from(some, (row) => row.price);
      yield {
        length: some.length,
        symbols,
        symbol: Uint32Array.from(some, (row) => row.symbol),
        time: Float64Array.from(some, (row) => row.time),
        open: price,
        high: price,
        low: price,
        close: price,
        volume: Float64Array.from(some, (row) => row.size),
      };
    }
  }

  counts(): ReturnType<RowSource['counts']> {
    return { rows: this.#rows, outOfOrder: 0, badRows: 0 };
  }

  progress(): number {
    return 0;
  }

  async #read(symbols: string[]): Promise<HistoryRow[]> {
    const rows: HistoryRow[] = [];
    const indexes = new Map<string, number>();
    const { format, price } = this.#reading;
    const decode = layoutDecoder(FRAME_LAYOUTS[format], price);
    let received: Micros = NaN;
    const sink = {
      row: (name: string, time: Micros, rowPrice: number, size: number, id: number) => {
        const last = this.lastIds.get(name) ?? -1;
        if (id <= last) return;
        if (!Number.isNaN(id)) this.lastIds.set(name, id);
        let symbol = indexes.get(name);
        if (symbol === undefined) indexes.set(name, (symbol = symbols.push(name) - 1));
        rows.push({ symbol, time: Number.isNaN(time) ? received : time, price: rowPrice, size });
      },
      other: () => undefined,
      bad: () => undefined,
    };
    for await (const lines of recordingLines(this.#path)) {
      for (const line of lines) {
        const found = readRecordingLine(line);
        if (found?.entry.kind !== 'frame') continue;
        received = found.at;
        decode(found.entry.text, sink);
      }
    }
    return rows;
  }
}
