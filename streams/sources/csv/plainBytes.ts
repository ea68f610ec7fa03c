import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { unzstd } from '../compression/unzstd';
import type { Compression } from '../compression/compression';
import { entryBytes } from '../compression/zipEntry';

/** The bytes of a file as they are, or as they come out of gzip, zstd or zip. */
export async function* plainBytes(path: string, compression: Compression): AsyncGenerator<Buffer> {
  if (compression === 'zstd') {
    yield* unzstd(path);
    return;
  }
  if (compression === 'zip') {
    yield* entryBytes(path);
    return;
  }
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 });
  try {
    if (compression === 'gzip') {
      const unpacked = createGunzip({ chunkSize: 256 * 1024 });
      raw.once('error', (error) => unpacked.destroy(error));
      yield* raw.pipe(unpacked) as AsyncIterable<Buffer>;
    } else yield* raw as AsyncIterable<Buffer>;
  } finally {
    raw.destroy();
  }
}

/** A text file piece by piece, without a byte-order mark; what is no UTF-8 is shown as U+FFFD. */
export async function* textPieces(
  path: string,
  compression: Compression,
  encoding = 'utf-8',
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of plainBytes(path, compression)) {
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder.decode();
}
