import type { FileOptions } from '../../streams/sources';
import { openFiles, SourceError } from '../../streams/sources';
import { readRows } from '../streams/sources/readAll';
import { sharedData } from '../support/sharedData';

export const field = (name: string): string => sharedData(`field/${name}`);

/** Rows of a file in data/field as `[ISO time, close, volume]`; what is wrong where it is refused. */
export async function read(
  name: string,
  options: FileOptions = {},
): Promise<readonly (readonly [string, number, number])[] | SourceError> {
  try {
    const [source] = await openFiles([field(name)], { symbol: 'X', ...options });
    const rows = await readRows(source?.batches() ?? []);
    return rows.map(({ time, close, volume }) => [
      new Date(time / 1000).toISOString().replace('.000Z', 'Z'),
      close,
      volume,
    ]);
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
}

/** The same, of a file that is read. */
export async function rowsOf(
  name: string,
  options: FileOptions = {},
): Promise<readonly (readonly [string, number, number])[]> {
  const rows = await read(name, options);
  if (rows instanceof SourceError) throw rows;
  return rows;
}

/** The times alone. */
export async function timesIn(name: string, options: FileOptions = {}): Promise<readonly string[]> {
  return (await rowsOf(name, options)).map(([time]) => time);
}

export async function refusal(name: string, options: FileOptions = {}): Promise<SourceError> {
  const rows = await read(name, options);
  if (rows instanceof SourceError) return rows;
  throw new Error(`${name} was read: ${JSON.stringify(rows.slice(0, 3))}`);
}
