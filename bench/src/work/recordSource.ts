import type { RowBatch, RowSource } from '../../../src';

/** A line as a parser of text has it. */
export interface TickRecord {
  readonly timestamp: string;
  readonly symbol: string;
  readonly price: string;
  readonly size: string;
}

const ROWS = 8_192;

/** The shortest way from a parser's records into our pipeline: packed into columns as they come. */
export function recordSource(
  name: string,
  records: AsyncIterable<readonly TickRecord[]>,
): RowSource {
  const indexes = new Map<string, number>();
  const symbols: string[] = [];
  let rows = 0;

  async function* batches(): AsyncGenerator<RowBatch> {
    let batch = empty(symbols);
    let length = 0;
    for await (const chunk of records) {
      for (const record of chunk) {
        let symbol = indexes.get(record.symbol);
        if (symbol === undefined) {
          symbol = symbols.push(record.symbol) - 1;
          indexes.set(record.symbol, symbol);
        }
        batch.symbol[length] = symbol;
        batch.time[length] = Number(record.timestamp);
        batch.close[length] = Number(record.price);
        batch.volume[length] = Number(record.size);
        length += 1;
        if (length < ROWS) continue;
        rows += length;
        yield { ...batch, length };
        batch = empty(symbols);
        length = 0;
      }
    }
    rows += length;
    if (length > 0) yield { ...batch, length };
  }

  return {
    name,
    interval: 0,
    batches,
    counts: () => ({ rows, outOfOrder: 0, badRows: 0 }),
    progress: () => 0,
  };
}

function empty(symbols: readonly string[]): RowBatch {
  const price = new Float64Array(ROWS);
  return {
    length: 0,
    symbols,
    symbol: new Uint32Array(ROWS),
    time: new Float64Array(ROWS),
    open: price,
    high: price,
    low: price,
    close: price,
    volume: new Float64Array(ROWS),
  };
}
