import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { xxHash64 } from './xxHash64';
import type { ZstdFrame } from './zstdFrames';
import { zstdFrames } from './zstdFrames';
import { requireOptional } from '../../optionalPackage';

const PIECE = 256 * 1024;

/** From this length on, what is in one piece is unpacked in one. */
const LONG_SEGMENT = 2 * 1024 * 1024;

/** The contents of a zstd file; fails where it is cut off, or does not fit its checksums. */
export async function* unzstd(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    for await (const frame of zstdFrames(file)) {
      const { hasChecksum, segment = 0 } = frame;
      // For each block that it unpacks, fzstd moves all that blocks behind it may refer to.
      const isOne = hasChecksum && segment > LONG_SEGMENT;
      const hash = xxHash64();
      for await (const bytes of isOne ? unpackAtOnce(file, frame) : unpack(file, frame)) {
        if (hasChecksum) hash.update(bytes);
        yield bytes;
      }
      if (!hasChecksum) continue;
      const sum = await read(file, frame.at + frame.length - 4, 4);
      if (sum.readUInt32LE() !== hash.low())
        throw new Error('its contents do not fit its checksum');
    }
  } finally {
    await file.close();
  }
}

async function* unpack(file: FileHandle, { at, length }: ZstdFrame): AsyncGenerator<Buffer> {
  const { Decompress } = requireOptional(
    'fzstd',
    'Reading zstd files',
    () => require('fzstd') as typeof import('fzstd'),
  );
  const unpacked: Buffer[] = [];
  const frame = new Decompress((bytes) => {
    // fzstd goes on using the memory that it hands out.
    unpacked.push(Buffer.from(bytes));
  });
  for (let done = 0; done < length;) {
    const wanted = Math.min(PIECE, length - done);
    const bytes = await read(file, at + done, wanted);
    done += wanted;
    frame.push(bytes, done === length);
    yield* unpacked.splice(0);
  }
}

async function* unpackAtOnce(file: FileHandle, { at, length }: ZstdFrame): AsyncGenerator<Buffer> {
  const { decompress } = requireOptional(
    'fzstd',
    'Reading zstd files',
    () => require('fzstd') as typeof import('fzstd'),
  );
  const { buffer, byteOffset, byteLength } = decompress(await read(file, at, length));
  for (let from = 0; from < byteLength; from += PIECE) {
    yield Buffer.from(buffer, byteOffset + from, Math.min(PIECE, byteLength - from));
  }
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead < length) throw new Error('unexpected end of file');
  return buffer;
}
