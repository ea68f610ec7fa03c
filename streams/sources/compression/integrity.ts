import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { TickTable } from '../tickTable';
import { lineGauge, LONGEST_BUFFER } from '../csv/csvLines';
import { unpackingError } from '../head';
import { unzstd } from './unzstd';
import { checkZstdFrames } from './zstdFrames';

/**
 * DuckDB takes a packed file that was cut off for one that ends there. So gzip is unpacked a second
 * time, beside the scan, to see its end, its checksum and how long its lines are: the scan itself uses
 * one core only. Of zstd the frames are counted off, which costs next to nothing; it is unpacked where
 * there is room for a line that no buffer holds.
 */
export async function checkIntegrity(
  table: TickTable,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (table.compression === 'gzip') await unpackGzip(table.name, path, signal);
    else if (table.compression === 'zstd') await checkZstd(table.name, path, signal);
  } catch (error) {
    if (!signal.aborted) throw unpackingError(table.name, error);
  }
}

async function checkZstd(name: string, path: string, signal: AbortSignal): Promise<void> {
  if ((await checkZstdFrames(path, signal)) < LONGEST_BUFFER || signal.aborted) return;
  const measure = lineGauge(name);
  for await (const bytes of unzstd(path)) {
    if (signal.aborted) return;
    measure(bytes);
  }
}

async function unpackGzip(name: string, path: string, signal: AbortSignal): Promise<void> {
  const measure = lineGauge(name);
  const nowhere = new Writable({
    write: (bytes: Buffer, _encoding, done) => {
      try {
        measure(bytes);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 });
  await pipeline(file, createGunzip({ chunkSize: 1024 * 1024 }), nowhere, { signal });
}
