import { tmpdir } from 'node:os';
import { database } from './duckdb/duckdb';
import type { FileOptions } from './fileOptions';
import type { FileSource } from './fileSource';
import { fileSource } from './fileSource';
import { openFile } from './openFile';
import { spoolMemory } from './order/spoolMemory';
import type { TickFile } from './tableReader';

/**
 * Looks at every file and says how it will be read, one source a file, in the order given.
 *
 * Rejects with a `SourceError` for the first file that cannot be read; nothing is left open then, nor
 * while a source is not being read. What stands deep in a file (a bad row, a missing end) is found
 * when its `batches()` begin, still before their first row.
 */
export async function openFiles(
  paths: readonly string[],
  options: FileOptions = {},
): Promise<FileSource[]> {
  const duckdb = database({
    tempDirectory: options.tempDirectory ?? tmpdir(),
    memoryLimit: options.memoryLimit ?? '1GB',
  });
  const files: TickFile[] = [];
  for (const path of paths) files.push(await openFile(path, options, duckdb));
  const memory = spoolMemory(options.spoolBytes);
  return files.map((file) => fileSource(file, options, memory));
}
