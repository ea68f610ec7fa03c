import { openFiles } from '../../../../streams/sources';
import type { FileOptions } from '../../../../streams/sources';
import { readRows } from '../readAll';

/** One file, read to its end. */
export async function readOne(path: string, options: FileOptions = {}) {
  const [source] = await openFiles([path], options);
  const rows = await readRows(source?.batches() ?? []);
  return { source, rows, counts: source?.counts() };
}

/** Why it cannot be read. */
export const failureOf = (path: string, options: FileOptions = {}): Promise<unknown> =>
  readOne(path, options).then(
    () => 'nothing was wrong',
    (error: unknown) => error,
  );
