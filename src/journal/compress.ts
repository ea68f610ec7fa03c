import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { partialName } from '../output/partialName';

/**
 * Compresses a file; `PATH.gz` takes its place when it is whole, and not before. Resolves the new
 * path and size. Where it fails, the file stays as it was.
 */
export async function compress(path: string): Promise<{ path: string; bytes: number }> {
  const packed = `${path}.gz`;
  const unfinished = partialName(packed);
  try {
    await pipeline(
      createReadStream(path),
      createGzip(),
      createWriteStream(unfinished, { flags: 'wx' }),
    );
    const { size: bytes } = await stat(unfinished);
    await rename(unfinished, packed);
    await rm(path);
    return { path: packed, bytes };
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
