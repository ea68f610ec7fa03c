import { join } from 'node:path';
import type { RowBatch, RowCounts, RowSource } from '../rows';
import type { Database } from './duckdb';
import type { FileOptions } from './fileOptions';
import { toBatch } from './rowBlock';
import { pricesOf, rowIntake } from './rowIntake';
import { MixedLineEnds, scanFile } from './scanFile';
import { sortSpool } from './sortSpool';
import type { Spool } from './spool';
import { openSpool } from './spool';
import type { TickTable } from './table';
import { createTempFolder, removeTempFolder } from './tempFolder';
import { timeRange } from './timeColumn';
import { unzipTo } from './zipEntry';

export interface FileCounts extends RowCounts {
  /** Quotes that were passed over because a side was absent that the price needs. No bad rows. */
  readonly oneSided: number;
}

/** A tick file, ready to be read once. */
export interface FileSource extends RowSource {
  /** Name of the format that it was recognised as. */
  readonly format: string;
  /** By what. */
  readonly evidence: string;
  batches(): AsyncIterable<RowBatch>;
  counts(): FileCounts;
}

/**
 * Before the first row is handed out, the file is read to its end, once, into a temporary file of
 * columns: only then is it known that no row is bad and that none comes later than it should. Text
 * is parsed once only, and what is in order is not sorted.
 */
export function fileSource(table: TickTable, options: FileOptions, database: Database): FileSource {
  const { plan } = table;
  const range = table.time.written === 'timestamp' ? everything : timeRange(table.time);
  let intake = rowIntake(plan, range);
  const abort = new AbortController();
  let handedOut = 0;
  let ended = false;

  async function* rows(): AsyncGenerator<RowBatch> {
    const folder = createTempFolder(options.tempDirectory);
    const spools: Spool[] = [];
    const spoolTo = async (name: string): Promise<Spool> => {
      const spool = await openSpool(join(folder, name), pricesOf(plan));
      spools.push(spool);
      return spool;
    };
    try {
      const spool = await fill(folder, spoolTo);
      const { outOfOrder } = intake.counts;
      const ordered =
        outOfOrder === 0 ? inOrder(spool) : sortSpool(spool, pricesOf(plan), spoolTo, abort.signal);
      for await (const block of ordered) {
        if (abort.signal.aborted) return;
        handedOut += block.length;
        yield toBatch(block, intake.symbols);
      }
      ended = !abort.signal.aborted;
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    } finally {
      for (const spool of spools) await spool.close();
      removeTempFolder(folder);
    }
  }

  async function fill(folder: string, spoolTo: (name: string) => Promise<Spool>): Promise<Spool> {
    let path = table.path;
    if (table.wrapping === 'zip') {
      path = join(folder, 'unpacked.csv');
      await unzipTo(table.name, path, abort.signal);
    }
    const scan = async (name: string, mixedLineEnds: boolean): Promise<Spool> => {
      const spool = await spoolTo(name);
      const scanOptions = { ...options, mixedLineEnds, signal: abort.signal };
      for await (const block of scanFile(table, path, intake, database, scanOptions)) {
        await spool.append(block);
      }
      await spool.flush();
      return spool;
    };
    try {
      return await scan('rows', false);
    } catch (error) {
      if (!(error instanceof MixedLineEnds)) throw error;
      intake = rowIntake(plan, range);
      return scan('rows-again', true);
    }
  }

  return {
    name: table.name,
    interval: table.interval,
    format: plan.format,
    evidence: plan.evidence,
    batches: () => interruptible(rows(), abort),
    counts: () => ({ ...intake.counts, rows: handedOut }),
    progress: () => (ended ? 1 : intake.counts.rows === 0 ? 0 : handedOut / intake.counts.rows),
  };
}

const everything = { from: -Infinity, to: Infinity };

async function* inOrder(spool: Spool): AsyncGenerator<Awaited<ReturnType<Spool['read']>>> {
  for (let index = 0; index < spool.blocks; index += 1) yield await spool.read(index);
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
