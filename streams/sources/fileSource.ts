import { join } from 'node:path';
import type { BatchOptions, RowBatch, RowCounts, RowSource } from '../bars/rows';
import type { FileOptions } from './fileOptions';
import type { TickField } from './formats';
import type { BadRow } from './order/badRow';
import { SHOWN_BAD_ROWS } from './order/badRow';
import { BarConflict, conflictError } from './order/barConflict';
import { barFilter } from './order/barFilter';
import type { BarFilter } from './order/barFilter';
import { returnBlock } from './order/blockMemory';
import { TICK_PRICES, toBatch } from './order/rowBlock';
import type { RowBlock } from './order/rowBlock';
import { sortSpool } from './order/sortSpool';
import type { Spool } from './order/spool';
import { openSpool } from './order/spool';
import type { SpoolMemory } from './order/spoolMemory';
import { createTempFolder, removeTempFolder } from './order/tempFolder';
import { SourceError } from './sourceError';
import { ReadAgain } from './tableReader';
import type { TickFile } from './tableReader';

export interface FileCounts extends RowCounts {
  /** Quotes that were passed over because a side was absent that the price needs. No bad rows. */
  readonly oneSided: number;
  /** Trades at a price of exactly 0, which are real where prices cross it: power, oil, spreads. */
  readonly zeroPrices?: number;
  /** Rows that were there already, in this file or in one that was named before it; undefined for none. */
  readonly duplicates?: number;
  /** Bars that begin before the one before them, of their symbol, has ended; undefined for none. */
  readonly overlaps?: number;
  /** What was passed over because it is no row of the kind that is read, by what it is. */
  readonly skipped: Readonly<Record<string, number>>;
}

/** A tick file, ready to be read once. */
export interface FileSource extends RowSource {
  /** Name of the format that it was recognized as. */
  readonly format: string;
  /** By what. */
  readonly evidence: string;
  /** What was found that may be unexpected, a sentence each. */
  readonly notes: readonly string[];
  /** Recorded bars: by what their length is known. */
  readonly intervalEvidence: string | undefined;
  /** What its ticks have besides price and size. */
  readonly fields: readonly TickField[];
  batches(options?: BatchOptions): AsyncIterable<RowBatch>;
  counts(): FileCounts;
  /** The first of the rows that were skipped, with their lines. Looks at the file once more where need be. */
  badRows(): Promise<readonly BadRow[]>;
}

/**
 * Before the first row is handed out, the file is read to its end, once, into a spool of columns: only
 * then is it known that no row is bad and that none comes later than it should. Text is parsed once
 * only, and what is in order is not sorted.
 */
export function fileSource(
  tickFile: TickFile,
  options: FileOptions,
  memory: SpoolMemory,
): FileSource {
  let file = tickFile;
  let collector = file.collector(options);
  const abort = new AbortController();
  const { signal } = abort;
  const skipped: BadRow[] = [];
  let handedOut = 0;
  let scanned = 0;
  /** Of the rows that were spooled. */
  let earliest = Infinity;
  let latest = -Infinity;
  let ended = false;
  /** Rows that this file has twice, and that another one has too. */
  let duplicates = 0;
  let ofOthers = 0;
  let overlaps = 0;

  let ticks = false;
  let viewed: readonly string[] | undefined;

  async function* rows(): AsyncGenerator<RowBatch> {
    const view = ticks
      ? undefined
      : await file.view?.(options, signal, (row) => {
          scanned = row;
        });
    if (view === undefined) yield* spooled();
    else {
      collector.counts.rows = view.rows;
      viewed = view.symbols;
      ({ earliest, latest } = view);
      for await (const batch of view.batches(collector.symbols)) {
        handedOut += batch.length;
        yield batch;
      }
      ended = !signal.aborted;
    }
  }

  /** Bars that come twice in the file are one. */
  async function* unique(all: AsyncGenerator<RowBatch>): AsyncGenerator<RowBatch> {
    const { interval, isInferred = false } = file.bars;
    if (interval === 0) {
      yield* all;
      return;
    }
    const { onConflict } = options;
    const bars = barFilter({
      interval,
      isInferred,
      names: [file.name],
      ...(onConflict !== undefined && { onConflict }),
    });
    for await (const batch of all) {
      const rows = await filtered(bars, batch);
      ({ duplicates, overlaps } = bars);
      if (rows.length > 0) yield rows;
    }
    const rest = bars.rest();
    duplicates = bars.duplicates;
    if (rest !== undefined && rest.length > 0) yield rest;
  }

  async function filtered(bars: BarFilter, batch: RowBatch): Promise<RowBatch> {
    try {
      return bars.filter(batch);
    } catch (error) {
      if (!(error instanceof BarConflict)) throw error;
      throw await conflictError(error, [{ name: file.name, locate: file.locateBars }]);
    }
  }

  async function* spooled(): AsyncGenerator<RowBatch> {
    const prices = (): number => (ticks ? TICK_PRICES : file.prices);
    const folder = createTempFolder(options.tempDirectory);
    const spools: Spool[] = [];
    const spoolTo = (name: string): Spool => {
      const spool = openSpool(join(folder, name), prices(), memory);
      spools.push(spool);
      return spool;
    };
    try {
      const spool = await fill(folder, spoolTo);
      const ordered = collector.sorted
        ? inOrder(spool)
        : sortSpool(spool, prices(), spoolTo, signal);
      for await (const block of ordered) {
        if (signal.aborted) return;
        handedOut += block.length;
        yield toBatch(block, collector.symbols);
        returnBlock(block);
      }
      ended = !signal.aborted;
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      for (const spool of spools) await spool.close();
      removeTempFolder(folder);
    }
  }

  async function fill(folder: string, spoolTo: (name: string) => Spool): Promise<Spool> {
    const onBadRow = (row: BadRow): void => {
      if (skipped.length < SHOWN_BAD_ROWS) skipped.push(row);
    };
    for (let time = 1; ; time += 1) {
      const spool = spoolTo(`rows-${time}`);
      const reader = await file.open({ ...options, ticks, collector, folder, signal, onBadRow });
      try {
        for await (const block of reader.rows()) {
          scanned = Math.max(scanned, collector.counts.rows);
          for (let row = 0; row < block.length; row += 1) {
            const at = block.time[row] as number;
            if (at < earliest) earliest = at;
            if (at > latest) latest = at;
          }
          await spool.append(block);
        }
        if (!signal.aborted) await reader.verify();
        await spool.flush();
        if (!signal.aborted) await refuseMostlyBad();
        return spool;
      } catch (error) {
        if (!(error instanceof ReadAgain)) throw error;
        await spool.close();
        file = error.file;
        collector = file.collector({ ...options, ticks });
        skipped.length = 0;
      } finally {
        await reader.close();
      }
    }
  }

  const repeated = (): number => duplicates + ofOthers + (collector.counts.repeated ?? 0);

  const badRows = async (limit: number): Promise<readonly BadRow[]> => {
    if (collector.counts.badRows === 0 || skipped.length > 0) return skipped.slice(0, limit);
    return (await file.locateBadRows?.(limit)) ?? [];
  };

  /** Rows to skip are few: a file that is mostly bad is not what it was taken for. */
  async function refuseMostlyBad(): Promise<void> {
    const { rows: good, badRows: bad } = collector.counts;
    if (bad <= good || options.acceptsBadFiles === true) return;
    const [first] = await badRows(1);
    throw new SourceError(
      'SOURCE_BAD_ROW',
      first === undefined ? file.name : `${file.name}:${first.place}`,
      `${bad} of ${good + bad} rows cannot be used; the first of them ${first?.wrong ?? 'is unknown'}`,
      'Check how the file is written: --date-format, --decimal, --thousands, --delimiter, --columns; barometer inspect shows what is read.',
    );
  }

  return {
    name: file.name,
    interval: file.bars.interval,
    endOf: file.bars.endOf,
    intervalEvidence: file.bars.evidence,
    format: file.format,
    evidence: file.evidence,
    notes: file.notes ?? [],
    kind: file.kind,
    fields: file.fields,
    symbols: () => viewed ?? collector.symbols,
    batches: ({ ticks: wanted = false } = {}) => {
      ticks = wanted && file.bars.interval === 0;
      if (ticks) collector = file.collector({ ...options, ticks });
      return interruptible(unique(rows()), abort);
    },
    onDuplicate: {
      locate: (symbol, start) => file.locateBars?.(symbol, start) ?? Promise.resolve([]),
      onConflict: options.onConflict ?? 'error',
      onFound: (found) => {
        ofOthers += found;
      },
    },
    counts: () => ({
      ...collector.counts,
      skipped: { ...collector.counts.skipped },
      rows: handedOut,
      ...(repeated() > 0 && { duplicates: repeated() }),
      ...(overlaps > 0 && { overlaps }),
    }),
    progress: () => {
      const { rows: found } = collector.counts;
      return ended ? 1 : found === 0 ? 0 : handedOut / found;
    },
    scanned: () => scanned,
    span: () => (earliest <= latest ? { from: earliest, to: latest } : undefined),
    badRows: () => badRows(SHOWN_BAD_ROWS),
  };
}

/** The next block is read while one is used. */
async function* inOrder(spool: Spool): AsyncGenerator<RowBlock> {
  let coming = spool.blocks === 0 ? undefined : spool.read(0);
  for (let next = 1; coming !== undefined; next += 1) {
    const block: RowBlock = await coming;
    coming = next < spool.blocks ? spool.read(next) : undefined;
    coming?.catch(() => undefined);
    yield block;
  }
}

/** A generator takes `return()` only between two values: this one's work is ended at once. */
function interruptible(
  rows: AsyncGenerator<RowBatch>,
  abort: AbortController,
): AsyncIterableIterator<RowBatch> {
  return {
    next: () => rows.next(),
    return: () => {
      abort.abort();
      return rows.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
