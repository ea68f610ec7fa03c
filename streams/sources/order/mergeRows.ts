import { intervalName } from '../../bars/interval';
import type { RowBatch, RowSource } from '../../bars/rows';
import { RowMerger } from './rowMerger';
import { SourceError } from '../sourceError';

/**
 * The rows of all sources in order of time; of equal times, in order of the sources, then as they
 * stood. Symbols have one index each across all sources, in order of first appearance.
 *
 * A batch is good until the next one is asked for. Synchronous if all sources are. Reads a source's next batch only when its rows are next, and hands
 * out what is merged before it reads. Closing it early closes all sources, at once also while a batch
 * is being waited for. Throws a `SourceError` if the sources have different intervals.
 */
export function mergeRows(
  sources: readonly RowSource[],
): AsyncIterable<RowBatch> | Iterable<RowBatch> {
  checkIntervals(sources);
  const merger = new RowMerger(sources.length, sources[0]?.interval === 0);
  const batches = sources.map((source) => source.batches());
  const synchronous = batches.filter((batch) => !(Symbol.asyncIterator in batch));
  return synchronous.length === batches.length
    ? mergeSync(merger, synchronous as Iterable<RowBatch>[])
    : mergeAsync(merger, batches);
}

function checkIntervals(sources: readonly RowSource[]): void {
  const [first] = sources;
  const other = sources.find((source) => source.interval !== first?.interval);
  if (first === undefined || other === undefined) return;
  const said = ({ interval }: RowSource): string =>
    interval === 0 ? 'ticks' : `bars of ${intervalName(interval)}`;
  throw new SourceError(
    'mixed-intervals',
    other.name,
    `has ${said(other)}, and ${first.name} has ${said(first)}`,
    'Replay ticks with ticks, and bars with bars of the same length.',
  );
}

function* mergeSync(
  merger: RowMerger,
  sources: readonly Iterable<RowBatch>[],
): Generator<RowBatch> {
  const iterators = sources.map((source) => source[Symbol.iterator]());
  try {
    for (;;) {
      const step = merger.step();
      if (step.want === 'nothing') return;
      if (step.want === 'take') yield step.batch;
      else {
        const result = (iterators[step.source] as Iterator<RowBatch>).next();
        merger.give(step.source, result.done === true ? undefined : result.value);
      }
    }
  } finally {
    for (const iterator of iterators) iterator.return?.();
  }
}

function mergeAsync(
  merger: RowMerger,
  sources: readonly (AsyncIterable<RowBatch> | Iterable<RowBatch>)[],
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
        if (step.want === 'nothing') return;
        if (step.want === 'take') yield step.batch;
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
