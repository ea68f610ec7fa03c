import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { TickTable } from './table';
import { unpackingError } from './textHead';

/**
 * DuckDB takes a packed file that was cut off for one that ends there. So gzip is unpacked a second
 * time, beside the scan, to see its end and its checksum: the scan itself uses one core only.
 */
export async function checkWhole(
  table: TickTable,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  if (table.wrapping !== 'gzip') return;
  const nowhere = new Writable({
    write: (_bytes, _encoding, done) => {
      done();
    },
  });
  try {
    const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
    await pipeline(file, createGunzip({ chunkSize: 1024 * 1024 }), nowhere, { signal });
  } catch (error) {
    if (!signal.aborted) throw unpackingError(table.name, error);
  }
}
