import type { Bar, Micros, Tick } from '../../bars/bar';
import type { RowBatch, RowSource } from '../../bars/rows';
import type { Quote } from '../../bars/tick';
import { OptionError } from '../../../operators';
import { IrregularEnds, lengthFault } from './barEnds';
import { midRounder } from '../order/midRounder';
import { TICK_PRICES, ticksOf } from '../order/rowBlock';
import type { RowBlock } from '../order/rowBlock';
import type { RowPacker } from '../order/rowPacker';
import { rowPacker } from '../order/rowPacker';
import { checkOptionNames } from '../../../operators/kernel/optionNames';
import type { OptionNames } from '../../../operators/kernel/optionNames';

/** How the items of a program are read. */
export interface FromTicksOptions {
  /** Shown to people; the kind of the items unless given. */
  readonly name?: string;
  /** Times may be of any year. False: what milliseconds or nanoseconds would give is refused. False unless given. */
  readonly anyTime?: boolean;
}

const FROM_TICKS_OPTIONS: OptionNames<FromTicksOptions> = { name: true, anyTime: true };

/** A name alone is the shortest way to give the options. */
function readOptions(
  given: string | FromTicksOptions,
  of: string,
  kind: string,
): Required<FromTicksOptions> {
  if (typeof given === 'string') return { name: given, anyTime: false };
  checkOptionNames(of, given, FROM_TICKS_OPTIONS);
  return { name: given.name ?? kind, anyTime: given.anyTime ?? false };
}

/**
 * Ticks that a program has or makes. Batches of a synchronous iterable come synchronously; of an
 * asynchronous one they hold what came without waiting.
 *
 * Fails with a `SourceError` at a tick that is earlier than the one before it, has no time, or a
 * price that is no number; and at a time between 1e12 and 3e12 or above 9e15, which are milliseconds and
 * nanoseconds of our days, unless `anyTime` is true.
 *
 * @param options or the name alone, which is shown to people
 */
export function fromTicks(
  source: Iterable<Tick> | AsyncIterable<Tick>,
  options: string | FromTicksOptions = 'ticks',
): RowSource {
  const packing = readOptions(options, 'fromTicks', 'ticks');
  return rowSource(source, packing.name, 0, (withTicks) =>
    rowPacker<Tick>(packing, withTicks ? TICK_PRICES : 1, (tick, block, at) => {
      block.time[at] = tick.time;
      (block.prices[0] as Float64Array)[at] = tick.price;
      block.volume[at] = tick.size ?? 0;
      // A price that is no number is refused, and must not look like none.
      const price = Number.isFinite(tick.price) ? tick.price : Infinity;
      if (withTicks) writeTick(block, at, tick, price, tick.side);
      return tick.symbol;
    }),
  );
}

/**
 * Quotes that a program has or makes; bars are made of their mids. Quotes of one side make none. See `fromTicks`.
 */
export const fromQuotes = (
  source: Iterable<Quote> | AsyncIterable<Quote>,
  options: string | FromTicksOptions = 'quotes',
): RowSource => {
  const packing = readOptions(options, 'fromQuotes', 'quotes');
  const roundMid = midRounder();
  const made = rowSource<Quote>(source, packing.name, 0, (withTicks) =>
    rowPacker<Quote>(packing, withTicks ? TICK_PRICES : 1, (quote, block, at) => {
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

export interface FromBarsOptions extends FromTicksOptions {
  /** Length of the bars' windows in microseconds. */
  readonly interval: Micros;
  /**
   * Windows may be of other lengths: each bar is released at its own end. Then `interval` is a name for
   * them, which the run's `bars` repeats, and the run has no other source. False unless given.
   */
  readonly irregular?: boolean;
}

const FROM_BARS_OPTIONS: OptionNames<FromBarsOptions> = {
  ...FROM_TICKS_OPTIONS,
  interval: true,
  irregular: true,
};

/**
 * Recorded bars that a program has or makes, in order of their starts; see `fromTicks`. No bar is altered:
 * one that does not end `interval` after its start is refused, unless bars may be `irregular`. Then ends must
 * be in order too, and the same for bars of the same start.
 */
export const fromBars = (
  source: Iterable<Bar> | AsyncIterable<Bar>,
  options: FromBarsOptions,
): RowSource => {
  checkOptionNames('fromBars', options, FROM_BARS_OPTIONS);
  const { interval, name = 'bars', anyTime = false, irregular = false } = options;
  if (!(interval > 0 && Number.isFinite(interval))) {
    throw new OptionError('interval', interval, 'a positive number of microseconds');
  }
  const ends = irregular ? new IrregularEnds() : undefined;
  const packer = (): RowPacker<Bar> =>
    rowPacker<Bar>({ name, anyTime }, 5, (bar, block, at, refuse) => {
      const fault = ends === undefined ? lengthFault(bar, interval) : ends.add(bar);
      if (fault !== undefined) refuse(fault.found, fault.advice);
      block.time[at] = bar.start;
      const [open, high, low, close, count] = block.prices as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      open[at] = bar.open;
      high[at] = bar.high;
      low[at] = bar.low;
      close[at] = bar.close;
      count[at] = bar.complete === false ? -Math.max(1, bar.count) : Math.max(1, bar.count);
      block.volume[at] = bar.volume;
      return bar.symbol;
    });
  const made = rowSource(source, name, interval, packer);
  return ends === undefined
    ? made
    : { ...made, isIrregular: true, endOf: (start) => ends.of(start) };
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
