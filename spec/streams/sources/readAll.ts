import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RowBatch } from '../../../streams/bars/rows';
import type { FileOptions } from '../../../streams/sources';
import { openFiles } from '../../../streams/sources';

export interface Row {
  readonly symbol: string;
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export function rowsOf(batch: RowBatch): Row[] {
  return Array.from({ length: batch.length }, (_, at) => ({
    symbol: batch.symbols[batch.symbol[at] as number] as string,
    time: batch.time[at] as number,
    open: batch.open[at] as number,
    high: batch.high[at] as number,
    low: batch.low[at] as number,
    close: batch.close[at] as number,
    volume: batch.volume[at] as number,
  }));
}

export async function readRows(
  batches: AsyncIterable<RowBatch> | Iterable<RowBatch>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) rows.push(...rowsOf(batch));
  return rows;
}

/** A folder for a test's files, gone after the tests of the file that asks for it. */
export function tempFiles(): {
  folder: string;
  write(name: string, content: string | Uint8Array): string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'sources-spec-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    write: (name, content) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
  };
}

/** What one file holds, as `[time, price, size]`. */
export async function readTicks(path: string, options: FileOptions = {}): Promise<number[][]> {
  const [source] = await openFiles([path], options);
  if (source === undefined) throw new Error('no source');
  return (await readRows(source.batches())).map(({ time, close, volume }) => [time, close, volume]);
}
