import type { Micros } from '../../bars/bar';
import type { RowBatch } from '../../bars/rows';
import type { RowBlock } from './rowBlock';
import { rowBlock, TICK_PRICES, toBatch } from './rowBlock';
import { SourceError } from '../sourceError';

const BATCH_ROWS = 4096;

/** Packs items into batches, and counts them. */
export interface RowPacker<T> {
  /** Returns whether the batch is full. */
  add(item: T): boolean;
  /** What was packed since the last time. */
  take(): RowBatch | undefined;
  rows(): number;
}

/** The unit that a time is likely to have where it is not microseconds of a year that has markets' data. */
function unitThatFits(
  time: Micros,
): { readonly name: string; readonly advice: string } | undefined {
  if (time >= 1e12 && time <= 3e12) {
    return { name: 'milliseconds', advice: 'Give microseconds, such as Date.now() * 1000' };
  }
  if (time > 9e15) return { name: 'nanoseconds', advice: 'Give microseconds' };
  return undefined;
}

function yearOf(time: Micros): string {
  const date = new Date(time / 1_000);
  return Number.isNaN(date.getTime()) ? 'past all years' : `in the year ${date.getUTCFullYear()}`;
}

/** `write` puts an item's values into a row of the block, and returns its symbol; nothing for an item without a row. */
export function rowPacker<T>(
  { name, anyTime }: { readonly name: string; readonly anyTime: boolean },
  prices: number,
  write: (
    item: T,
    block: RowBlock,
    at: number,
    refuse: (found: string, advice: string) => never,
  ) => string | undefined,
): RowPacker<T> {
  const symbols: string[] = [];
  const indexes = new Map<string, number>();
  /** Of these, what is absent is not a number. */
  const isWithTicks = prices === TICK_PRICES;
  let block = rowBlock(prices, BATCH_ROWS);
  let latest = -Infinity;
  let rows = 0;

  const refuse = (
    code: 'SOURCE_BAD_ROW' | 'SOURCE_OUT_OF_ORDER',
    found: string,
    advice: string,
  ): never => {
    throw new SourceError(code, `${name}:${rows + block.length + 1}`, found, advice);
  };

  const refuseRow = (found: string, advice: string): never =>
    refuse('SOURCE_BAD_ROW', found, advice);
  const checkUnit = (time: Micros): void => {
    const unit = unitThatFits(time);
    if (unit === undefined) return;
    refuseRow(
      `is of ${time} µs, ${yearOf(time)}: it looks like ${unit.name}`,
      `${unit.advice}, or allow it with anyTime: true.`,
    );
  };

  return {
    add: (item) => {
      const at = block.length;
      const symbol = write(item, block, at, refuseRow);
      if (symbol === undefined) return false;
      const time = block.time[at] as Micros;
      if (!Number.isFinite(time)) refuse('SOURCE_BAD_ROW', 'has no time', 'Give microseconds.');
      if (!anyTime) checkUnit(time);
      const [first, second] = block.prices;
      const isPriced = isWithTicks
        ? Number.isFinite(first?.[at]) || Number.isNaN(second?.[at])
        : block.prices.every((column) => Number.isFinite(column[at]));
      if (!isPriced) {
        refuse('SOURCE_BAD_ROW', 'has a price that is no number', 'Leave it out.');
      }
      if (time < latest) {
        refuse(
          'SOURCE_OUT_OF_ORDER',
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
