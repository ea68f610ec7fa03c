import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { TickTable } from './table';
import { unpackingError } from './head';
import { walkZstd } from './walkZstd';

/**
 * DuckDB takes a packed file that was cut off for one that ends there. So gzip is unpacked a second
 * time, beside the scan, to see its end and its checksum: the scan itself uses one core only. Of zstd
 * the frames are counted off, which costs next to nothing.
 */
export async function checkWhole(
  table: TickTable,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (table.wrapping === 'gzip') await unpackGzip(path, signal);
    else if (table.wrapping === 'zstd') await walkZstd(path, signal);
  } catch (error) {
    if (!signal.aborted) throw unpackingError(table.name, error);
  }
}

async function unpackGzip(path: string, signal: AbortSignal): Promise<void> {
  const nowhere = new Writable({
    write: (_bytes, _encoding, done) => {
      done();
    },
  });
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  await pipeline(file, createGunzip({ chunkSize: 1024 * 1024 }), nowhere, { signal });
}
