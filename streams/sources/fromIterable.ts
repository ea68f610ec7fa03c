import type { Bar, Micros, Tick } from '../bar';
import type { RowBatch, RowSource } from '../rows';
import type { RowBlock } from './rowBlock';
import { rowBlock, toBatch } from './rowBlock';
import { SourceError } from './sourceError';

const BATCH_ROWS = 4096;

/**
 * Ticks that a program has or makes. Batches of a synchronous iterable come synchronously; of an
 * asynchronous one they hold what came without waiting.
 *
 * Fails with a `SourceError` at a tick that is earlier than the one before it, has no time, or a
 * price that is no number.
 *
 * @param name shown to people
 */
export const ticks = (source: Iterable<Tick> | AsyncIterable<Tick>, name = 'ticks'): RowSource => {
  const columns = rowColumns<Tick>(name, 1, (tick, block, at) => {
    block.time[at] = tick.time;
    (block.prices[0] as Float64Array)[at] = tick.price;
    block.volume[at] = tick.size ?? 0;
    return tick.symbol;
  });
  return rowSource(source, name, 0, columns);
};

/**
 * Recorded bars that a program has or makes, in order of their starts; see `ticks`.
 *
 * @param interval length of their windows in microseconds
 */
export const bars = (
  source: Iterable<Bar> | AsyncIterable<Bar>,
  { interval, name = 'bars' }: { readonly interval: Micros; readonly name?: string },
): RowSource => {
  const columns = rowColumns<Bar>(name, 4, (bar, block, at) => {
    block.time[at] = bar.start;
    const [open, high, low, close] = block.prices as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    open[at] = bar.open;
    high[at] = bar.high;
    low[at] = bar.low;
    close[at] = bar.close;
    block.volume[at] = bar.volume;
    return bar.symbol;
  });
  return rowSource(source, name, interval, columns);
};

/** Packs items into batches, and counts them. */
interface RowColumns<T> {
  /** Returns whether the batch is full. */
  add(item: T): boolean;
  /** What was packed since the last time. */
  take(): RowBatch | undefined;
  rows(): number;
}

function rowColumns<T>(
  name: string,
  prices: number,
  write: (item: T, block: RowBlock, at: number) => string,
): RowColumns<T> {
  const symbols: string[] = [];
  const indexes = new Map<string, number>();
  let block = rowBlock(prices, BATCH_ROWS);
  let latest = -Infinity;
  let rows = 0;

  const refuse = (code: 'bad-row' | 'out-of-order', found: string, advice: string): never => {
    throw new SourceError(code, `${name}:${rows + block.length + 1}`, found, advice);
  };

  return {
    add: (item) => {
      const at = block.length;
      const symbol = write(item, block, at);
      const time = block.time[at] as Micros;
      if (!Number.isFinite(time)) refuse('bad-row', 'has no time', 'Give microseconds.');
      if (!block.prices.every((column) => Number.isFinite(column[at]))) {
        refuse('bad-row', 'has a price that is no number', 'Leave it out.');
      }
      if (time < latest) {
        refuse(
          'out-of-order',
          `is of ${time} µs, and the one before it of ${latest} µs`,
          'Put them in order of time.',
        );
      }
      let index = indexes.get(symbol);
      if (index === undefined) {
        index = symbols.push(symbol) - 1;
        indexes.set(symbol, index);
      }
      block.symbol[at] = index;
      block.length += 1;
      latest = time;
      return block.length === BATCH_ROWS;
    },
    take: () => {
      if (block.length === 0) return undefined;
      const batch = toBatch(block, symbols);
      rows += block.length;
      block = rowBlock(prices, BATCH_ROWS);
      return batch;
    },
    rows: () => rows,
  };
}

function rowSource<T>(
  source: Iterable<T> | AsyncIterable<T>,
  name: string,
  interval: Micros,
  columns: RowColumns<T>,
): RowSource {
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  return {
    name,
    interval,
    batches: () =>
      Symbol.asyncIterator in source
        ? asyncBatches(source, columns, end)
        : syncBatches(source, columns, end),
    counts: () => ({ rows: columns.rows(), outOfOrder: 0, badRows: 0 }),
    progress: () => (ended ? 1 : 0),
  };
}

function* syncBatches<T>(
  source: Iterable<T>,
  columns: RowColumns<T>,
  end: () => void,
): Generator<RowBatch> {
  for (const item of source) {
    if (!columns.add(item)) continue;
    const batch = columns.take();
    if (batch !== undefined) yield batch;
  }
  const rest = columns.take();
  if (rest !== undefined) yield rest;
  end();
}

function asyncBatches<T>(
  source: AsyncIterable<T>,
  columns: RowColumns<T>,
  end: () => void,
): AsyncIterable<RowBatch> {
  const items = source[Symbol.asyncIterator]();
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await items.return?.();
  };

  async function* read(): AsyncGenerator<RowBatch> {
    try {
      let pending = items.next();
      for (;;) {
        const turn = nextTurn();
        let full = false;
        while (!full) {
          const result = await Promise.race([pending, turn]);
          if (result === undefined) break;
          if (result.done === true) {
            closed = true;
            const rest = columns.take();
            if (rest !== undefined) yield rest;
            end();
            return;
          }
          full = columns.add(result.value);
          pending = items.next();
        }
        const batch = columns.take();
        if (batch === undefined) await pending;
        else yield batch;
      }
    } finally {
      await close();
    }
  }
  const batches = read();
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => batches.next(),
      return: async () => {
        await close();
        return batches.return(undefined);
      },
    }),
  };
}

const nextTurn = (): Promise<undefined> =>
  new Promise((resolve) =>
    setImmediate(() => {
      resolve(undefined);
    }),
  );
