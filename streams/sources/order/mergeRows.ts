import { intervalName } from '../../bars/interval';
import type { BatchOptions, RowBatch, RowSource } from '../../bars/rows';
import { TICK_PRICES } from './rowBlock';
import type { Origins } from './barFilter';
import { BarConflict, conflictError } from './barConflict';
import { barFilter } from './barFilter';
import { RowMerger } from './rowMerger';
import type { YieldsToTrades } from './rowMerger';
import { tickFilter } from './tickFilter';
import { SourceError } from '../sourceError';

/**
 * The rows of all sources in order of time; of equal times, in order of the sources, then as they
 * stood. Symbols have one index each across all sources, in order of first appearance.
 *
 * A batch is good until the next one is requested. Synchronous if all sources are. Reads a source's next batch only when its rows are next, and hands
 * out what is merged before it reads. Closing it early closes all sources, at once also while a batch
 * is being waited for. Throws a `SourceError` if the sources have different intervals.
 */
export function mergeRows(
  sources: readonly RowSource[],
  options: BatchOptions = {},
): AsyncIterable<RowBatch> | Iterable<RowBatch> {
  checkIntervals(sources);
  const isTicks = sources[0]?.interval === 0;
  const withTicks = isTicks && options.ticks === true;
  const unique = uniqueRows(sources);
  const prices = withTicks ? TICK_PRICES : isTicks ? 1 : 5;
  const merger = new RowMerger(sources.length, prices, yieldingQuotes(sources));
  const batches = sources.map((source) => source.batches(withTicks ? { ticks: true } : undefined));
  const synchronous = batches.filter((batch) => !(Symbol.asyncIterator in batch));
  return synchronous.length === batches.length
    ? mergeSync(merger, synchronous as Iterable<RowBatch>[], unique)
    : mergeAsync(merger, batches, unique, sources);
}

/** What leaves out rows that several sources have. */
interface UniqueRows {
  filter(batch: RowBatch, origins: Origins): RowBatch;
  rest(): readonly RowBatch[];
}

const ALL: UniqueRows = { filter: (batch) => batch, rest: () => [] };

/** Files may overlap, as a month and its days do; the sources of a program are taken as they are. */
function uniqueRows(sources: readonly RowSource[]): UniqueRows {
  const overlaps = sources
    .map(({ onDuplicate }) => onDuplicate)
    .filter((each) => each !== undefined);
  const [first] = sources;
  if (first === undefined || overlaps.length < 2) return ALL;
  const note = (before: number, after: number): void => {
    if (after > before) overlaps[0]?.onFound(after - before);
  };
  if (first.interval === 0) {
    const ticks = tickFilter();
    return {
      filter: (batch, origins) => {
        const before = ticks.duplicates;
        const rows = ticks.filter(batch, origins);
        note(before, ticks.duplicates);
        return rows;
      },
      rest: () => [],
    };
  }
  const bars = barFilter({
    interval: first.interval,
    isInferred: false,
    names: sources.map(({ name }) => name),
    onConflict: overlaps[0]?.onConflict ?? 'error',
  });
  return {
    filter: (batch, origins) => {
      const before = bars.duplicates;
      const rows = bars.filter(batch, origins);
      note(before, bars.duplicates);
      return rows;
    },
    rest: () => [bars.rest()].filter((rest) => rest !== undefined),
  };
}

/** Quotes make no bars of symbols of which another source has trades; undefined where there are not both. */
function yieldingQuotes(sources: readonly RowSource[]): YieldsToTrades | undefined {
  const trades = sources.filter(
    (source) => source.kind === 'trades' && source.symbols !== undefined,
  );
  if (trades.length === 0 || !sources.some(({ kind }) => kind === 'quotes')) return undefined;
  let traded: Set<string> | undefined;
  return {
    isQuotes: (source) => sources[source]?.kind === 'quotes',
    isTraded: (symbol) => {
      traded ??= new Set(trades.flatMap((source) => source.symbols?.() ?? []));
      return traded.has(symbol);
    },
  };
}

function checkIntervals(sources: readonly RowSource[]): void {
  const [first] = sources;
  const other = sources.find((source) => source.interval !== first?.interval);
  if (first === undefined || other === undefined) return;
  const said = ({ interval }: RowSource): string =>
    interval === 0 ? 'ticks' : `bars of ${intervalName(interval)}`;
  throw new SourceError(
    'SOURCE_MIXED_INTERVALS',
    other.name,
    `has ${said(other)}, and ${first.name} has ${said(first)}`,
    'Replay ticks with ticks, and bars with bars of the same length.',
  );
}

function* mergeSync(
  merger: RowMerger,
  sources: readonly Iterable<RowBatch>[],
  unique: UniqueRows,
): Generator<RowBatch> {
  const iterators = sources.map((source) => source[Symbol.iterator]());
  try {
    for (;;) {
      const step = merger.step();
      if (step.want === 'nothing') {
        yield* unique.rest();
        return;
      }
      if (step.want === 'take') yield unique.filter(step.batch, step.origins);
      else {
        const result = (iterators[step.source] as Iterator<RowBatch>).next();
        merger.give(step.source, result.done === true ? undefined : result.value);
      }
    }
  } finally {
    for (const iterator of iterators) iterator.return?.();
  }
}

async function filtered(
  unique: UniqueRows,
  { batch, origins }: { readonly batch: RowBatch; readonly origins: Origins },
  sources: readonly RowSource[],
): Promise<RowBatch> {
  try {
    return unique.filter(batch, origins);
  } catch (error) {
    if (!(error instanceof BarConflict)) throw error;
    throw await conflictError(
      error,
      sources.map(({ name, onDuplicate }) => ({ name, locate: onDuplicate?.locate })),
    );
  }
}

function mergeAsync(
  merger: RowMerger,
  sources: readonly (AsyncIterable<RowBatch> | Iterable<RowBatch>)[],
  unique: UniqueRows,
  named: readonly RowSource[],
): AsyncIterable<RowBatch> {
  const iterators = sources.map((source) =>
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator](),
  );
  let closing: Promise<unknown> | undefined;
  const close = (): Promise<unknown> =>
    (closing ??= Promise.all(iterators.map(async (iterator) => iterator.return?.())));

  async function* read(): AsyncGenerator<RowBatch> {
    try {
      while (closing === undefined) {
        const step = merger.step();
        if (step.want === 'nothing') {
          yield* unique.rest();
          return;
        }
        if (step.want === 'take') yield await filtered(unique, step, named);
        else {
          const result = await (iterators[step.source] as (typeof iterators)[number]).next();
          merger.give(step.source, result.done === true ? undefined : result.value);
        }
      }
    } finally {
      await close();
    }
  }
  const merged = read();
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => merged.next(),
      return: async () => {
        await close();
        // Not waited for: a read that is pending may stay so.
        void merged.return(undefined);
        return { done: true, value: undefined };
      },
    }),
  };
}
