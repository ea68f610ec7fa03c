import type { Bar, Micros, Tick } from '../../bars/bar';
import type { RowBatch, RowSource } from '../../bars/rows';
import type { Quote } from '../../bars/tick';
import { midRounder } from '../order/midRounder';
import { TICK_PRICES, ticksOf } from '../order/rowBlock';
import type { RowBlock } from '../order/rowBlock';
import type { RowPacker } from '../order/rowPacker';
import { rowPacker } from '../order/rowPacker';
import { checkOptionNames } from '../../../operators/kernel/optionNames';
import type { OptionNames } from '../../../operators/kernel/optionNames';

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
): RowSource =>
  rowSource(source, name, 0, (withTicks) =>
    rowPacker<Tick>(name, withTicks ? TICK_PRICES : 1, (tick, block, at) => {
      block.time[at] = tick.time;
      (block.prices[0] as Float64Array)[at] = tick.price;
      block.volume[at] = tick.size ?? 0;
      // A price that is no number is refused, and must not look like none.
      const price = Number.isFinite(tick.price) ? tick.price : Infinity;
      if (withTicks) writeTick(block, at, tick, price, tick.side);
      return tick.symbol;
    }),
  );

/**
 * Quotes that a program has or makes; bars are made of their mids. Quotes of one side make none. See `fromTicks`.
 */
export const fromQuotes = (
  source: Iterable<Quote> | AsyncIterable<Quote>,
  name = 'quotes',
): RowSource => {
  const roundMid = midRounder();
  const made = rowSource<Quote>(source, name, 0, (withTicks) =>
    rowPacker<Quote>(name, withTicks ? TICK_PRICES : 1, (quote, block, at) => {
      const { symbol, time, bid = NaN, ask = NaN } = quote;
      const mid = Number.isNaN(bid + ask) ? NaN : roundMid((bid + ask) / 2);
      if (Number.isNaN(mid) && !withTicks) return undefined;
      block.time[at] = time;
      (block.prices[0] as Float64Array)[at] = mid;
      block.volume[at] = 0;
      if (withTicks) writeTick(block, at, quote, NaN, undefined);
      return symbol;
    }),
  );
  return { ...made, kind: 'quotes' };
};

type Sides = Partial<Pick<Quote, 'bid' | 'ask' | 'bidSize' | 'askSize'>>;

function writeTick(
  block: RowBlock,
  at: number,
  { bid = NaN, ask = NaN, bidSize = NaN, askSize = NaN }: Sides,
  price: number,
  side: Tick['side'],
): void {
  const columns = ticksOf(block);
  columns.price[at] = price;
  columns.side[at] = side === 'buy' ? 1 : side === 'sell' ? -1 : 0;
  columns.bid[at] = bid;
  columns.ask[at] = ask;
  columns.bidSize[at] = bidSize;
  columns.askSize[at] = askSize;
}

export interface FromBarsOptions {
  /** Length of the bars' windows in microseconds. */
  readonly interval: Micros;
  /** Shown to people; `bars` unless given. */
  readonly name?: string;
}

const FROM_BARS_OPTIONS: OptionNames<FromBarsOptions> = { interval: true, name: true };

/**
 * Recorded bars that a program has or makes, in order of their starts; see `ticks`.
 */
export const fromBars = (
  source: Iterable<Bar> | AsyncIterable<Bar>,
  options: FromBarsOptions,
): RowSource => {
  checkOptionNames('fromBars', options, FROM_BARS_OPTIONS);
  const { interval, name = 'bars' } = options;
  const packer = (): RowPacker<Bar> =>
    rowPacker<Bar>(name, 4, (bar, block, at) => {
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
  makePacker: (withTicks: boolean) => RowPacker<T>,
): RowSource {
  let packer = makePacker(false);
  let ended = false;
  const end = (): void => {
    ended = true;
  };
  return {
    name,
    interval,
    batches: ({ ticks: withTicks = false } = {}) => {
      if (withTicks) packer = makePacker(true);
      return Symbol.asyncIterator in source
        ? asyncBatches(source, packer, end)
        : syncBatches(source, packer, end);
    },
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
