import { open } from 'node:fs/promises';
import { xxHash64 } from './bytes/xxHash64';
import { zstdFrames } from './walkZstd';

const PIECE = 256 * 1024;

/** The contents of a zstd file; fails where it is cut off, or does not fit its checksums. */
export async function* unzstd(path: string): AsyncGenerator<Buffer> {
  const { Decompress } = await import('fzstd');
  const file = await open(path, 'r');
  try {
    for await (const { at, length, hasChecksum } of zstdFrames(file)) {
      const unpacked: Buffer[] = [];
      const hash = xxHash64();
      const frame = new Decompress((bytes) => {
        if (hasChecksum) hash.update(bytes);
        // fzstd goes on using the memory that it hands out.
        unpacked.push(Buffer.from(bytes));
      });
      const sum = Buffer.alloc(4);
      for (let done = 0; done < length;) {
        const wanted = Math.min(PIECE, length - done);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, at + done);
        if (bytesRead < wanted) throw new Error('unexpected end of file');
        done += wanted;
        frame.push(buffer, done === length);
        yield* unpacked.splice(0);
      }
      if (!hasChecksum) continue;
      await file.read(sum, 0, 4, at + length - 4);
      if (sum.readUInt32LE() !== hash.low())
        throw new Error('its contents do not fit its checksum');
    }
  } finally {
    await file.close();
  }
}
