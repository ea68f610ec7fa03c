import { join } from 'node:path';
import type { RowBatch, RowCounts, RowSource } from '../bars/rows';
import { scanArrow } from './arrow/scanArrow';
import { countGoodRows, mayBeViewed, viewArrow } from './arrow/viewArrow';
import type { BadRow } from './order/badRow';
import { ANY_TIME, SHOWN_BAD_ROWS } from './order/badRow';
import { decodeFile } from './decodeFile';
import { returnBlock } from './order/blockMemory';
import type { Database } from './duckdb/duckdb';
import type { FileOptions } from './fileOptions';
import { locateBadRows } from './csv/locateBadRow';
import { toBatch } from './order/rowBlock';
import type { RowBlock } from './order/rowBlock';
import type { RowCollector } from './order/rowCollector';
import { pricesOf, rowCollector } from './order/rowCollector';
import type { CsvLines } from './csv/csvLines';
import { ScanAgain, scanFile } from './duckdb/scanFile';
import { isLocal } from './duckdb/scanSql';
import { sortSpool } from './order/sortSpool';
import type { Spool } from './order/spool';
import { openSpool } from './order/spool';
import type { SpoolMemory } from './order/spoolMemory';
import type { TickFile, TickTable } from './table';
import { createTempFolder, removeTempFolder } from './order/tempFolder';
import { timeRange } from './time/timeColumn';
import { unzipTo } from './compression/zipEntry';
import { zoneClock } from './time/zoneClock';

export interface FileCounts extends RowCounts {
  /** Quotes that were passed over because a side was absent that the price needs. No bad rows. */
  readonly oneSided: number;
  /** What was passed over because it is no row of the kind that is read, by what it is. */
  readonly skipped: Readonly<Record<string, number>>;
}

/** A tick file, ready to be read once. */
export interface FileSource extends RowSource {
  /** Name of the format that it was recognised as. */
  readonly format: string;
  /** By what. */
  readonly evidence: string;
  batches(): AsyncIterable<RowBatch>;
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
  file: TickFile,
  options: FileOptions,
  database: Database,
  memory: SpoolMemory,
): FileSource {
  const { plan } = file;
  let intake = intakeOf(file, options);
  const abort = new AbortController();
  const skipped: BadRow[] = [];
  let handedOut = 0;
  let scanned = 0;
  let ended = false;

  async function* rows(): AsyncGenerator<RowBatch> {
    if ('time' in file && mayBeViewed(file, options)) {
      const good = await countGoodRows(file, abort.signal, (row) => {
        scanned = row;
      });
      if (good !== undefined) {
        intake.counts.rows = good;
        yield* views(file);
        return;
      }
    }
    yield* spooled();
  }

  /** What can be handed out without copying. */
  async function* views(table: TickTable): AsyncGenerator<RowBatch> {
    for await (const batch of viewArrow(table, intake.symbols, abort.signal)) {
      handedOut += batch.length;
      yield batch;
    }
    ended = !abort.signal.aborted;
  }

  async function* spooled(): AsyncGenerator<RowBatch> {
    const folder = createTempFolder(options.tempDirectory);
    const spools: Spool[] = [];
    const spoolTo = (name: string): Spool => {
      const spool = openSpool(join(folder, name), pricesOf(plan), memory);
      spools.push(spool);
      return spool;
    };
    try {
      const spool = await fill(folder, spoolTo);
      const ordered = intake.sorted
        ? inOrder(spool)
        : sortSpool(spool, pricesOf(plan), spoolTo, abort.signal);
      for await (const block of ordered) {
        if (abort.signal.aborted) return;
        handedOut += block.length;
        yield toBatch(block, intake.symbols);
        returnBlock(block);
      }
      ended = !abort.signal.aborted;
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    } finally {
      for (const spool of spools) await spool.close();
      removeTempFolder(folder);
    }
  }

  async function fill(folder: string, spoolTo: (name: string) => Spool): Promise<Spool> {
    let path = file.path;
    if (file.wrapping === 'zip') {
      path = join(folder, 'unpacked');
      await unzipTo(file.name, path, abort.signal);
    }
    let lines: CsvLines | undefined;
    for (;;) {
      const spool = spoolTo(`rows-${lines ?? 'first'}`);
      try {
        for await (const block of blocks(path, lines)) {
          scanned = Math.max(scanned, intake.counts.rows);
          await spool.append(block);
        }
        await spool.flush();
        return spool;
      } catch (error) {
        if (!(error instanceof ScanAgain)) throw error;
        await spool.close();
        lines = error.lines;
        intake = intakeOf(file, options);
      }
    }
  }

  function blocks(path: string, lines: CsvLines | undefined): AsyncGenerator<RowBlock> {
    const { signal } = abort;
    const isBad = (row: BadRow): void => {
      if (skipped.length < SHOWN_BAD_ROWS) skipped.push(row);
    };
    if ('reading' in file) return decodeFile(file, path, intake, { ...options, signal, isBad });
    if (file.wrapping === 'arrow') return scanArrow(file, intake, { ...options, signal, isBad });
    const zone = file.plan.zone === undefined ? undefined : zoneClock(file.plan.zone);
    return scanFile(file, path, intake, database, { ...options, lines, zone, signal });
  }

  return {
    name: file.name,
    interval: file.interval,
    format: plan.format,
    evidence: plan.evidence,
    batches: () => interruptible(rows(), abort),
    counts: () => ({ ...intake.counts, skipped: { ...intake.counts.skipped }, rows: handedOut }),
    progress: () => (ended ? 1 : intake.counts.rows === 0 ? 0 : handedOut / intake.counts.rows),
    scanned: () => scanned,
    badRows: async () => {
      if (intake.counts.badRows === 0 || 'reading' in file || skipped.length > 0) return skipped;
      const zone = file.plan.zone === undefined ? undefined : zoneClock(file.plan.zone);
      return locateBadRows(file, file, SHOWN_BAD_ROWS, zone);
    },
  };
}

function intakeOf(file: TickFile, options: FileOptions): RowCollector {
  const { kind, price } = file.plan;
  const { from, to } = options;
  const window = { from, to };
  if ('reading' in file) {
    const { sortedBySymbol } = file.reading;
    return rowCollector({
      kind,
      price,
      range: ANY_TIME,
      shift: file.shift,
      window,
      sortedBySymbol,
    });
  }
  const { plan, time } = file;
  return rowCollector({
    kind,
    price,
    range: time.written === 'timestamp' ? ANY_TIME : timeRange(time),
    sortedBySymbol: plan.sortedBySymbol,
    ...(isLocal(file) && { zone: zoneClock(plan.zone ?? 'UTC'), shift: file.shift, window }),
    ...(file.wrapping === 'arrow' && { shift: file.shift, window }),
  });
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

/** A generator takes `return()` only between two values: this one's work is told to end at once. */
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
