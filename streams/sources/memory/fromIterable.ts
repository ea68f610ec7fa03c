import type { Bar, Micros, Tick } from '../../bars/bar';
import type { RowBatch, RowSource } from '../../bars/rows';
import type { RowPacker } from '../order/rowPacker';
import { rowPacker } from '../order/rowPacker';

/**
 * Ticks that a program has or makes. Batches of a synchronous iterable come synchronously; of an
 * asynchronous one they hold what came without waiting.
 *
 * Fails with a `SourceError` at a tick that is earlier than the one before it, has no time, or a
 * price that is no number.
 *
 * @param name shown to people
 */
export const fromTicks = (
  source: Iterable<Tick> | AsyncIterable<Tick>,
  name = 'ticks',
): RowSource => {
  const packer = rowPacker<Tick>(name, 1, (tick, block, at) => {
    block.time[at] = tick.time;
    (block.prices[0] as Float64Array)[at] = tick.price;
    block.volume[at] = tick.size ?? 0;
    return tick.symbol;
  });
  return rowSource(source, name, 0, packer);
};

/**
 * Recorded bars that a program has or makes, in order of their starts; see `ticks`.
 *
 * @param interval length of their windows in microseconds
 */
export const fromBars = (
  source: Iterable<Bar> | AsyncIterable<Bar>,
  { interval, name = 'bars' }: { readonly interval: Micros; readonly name?: string },
): RowSource => {
  const packer = rowPacker<Bar>(name, 4, (bar, block, at) => {
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
  return rowSource(source, name, interval, packer);
};

function rowSource<T>(
  source: Iterable<T> | AsyncIterable<T>,
  name: string,
  interval: Micros,
  packer: RowPacker<T>,
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
        ? asyncBatches(source, packer, end)
        : syncBatches(source, packer, end),
    counts: () => ({ rows: packer.rows(), outOfOrder: 0, badRows: 0 }),
    progress: () => (ended ? 1 : 0),
  };
}

function* syncBatches<T>(
  source: Iterable<T>,
  packer: RowPacker<T>,
  end: () => void,
): Generator<RowBatch> {
  for (const item of source) {
    if (!packer.add(item)) continue;
    const batch = packer.take();
    if (batch !== undefined) yield batch;
  }
  const rest = packer.take();
  if (rest !== undefined) yield rest;
  end();
}

function asyncBatches<T>(
  source: AsyncIterable<T>,
  packer: RowPacker<T>,
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
            const rest = packer.take();
            if (rest !== undefined) yield rest;
            end();
            return;
          }
          full = packer.add(result.value);
          pending = items.next();
        }
        const batch = packer.take();
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
