import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';

export interface ZstdFrame {
  readonly at: number;
  readonly length: number;
  /** Whether its last four bytes are a checksum of its contents. */
  readonly hasChecksum: boolean;
  /** How long its contents are, if they are also what it refers back to; they are in one piece then. */
  readonly segment: number | undefined;
  /** Bytes that its contents are at most. */
  readonly most: number;
}

/** How many bytes the contents of a zstd file are at most; fails where it ends inside of a frame. */
export async function checkZstdFrames(path: string, signal: AbortSignal): Promise<number> {
  const file = await open(path, 'r');
  try {
    let contents = 0;
    for await (const { most } of zstdFrames(file)) {
      contents += most;
      if (signal.aborted) break;
    }
    return contents;
  } finally {
    await file.close();
  }
}

/** Steps over the frames and blocks of a zstd file (RFC 8878) without unpacking them. */
export async function* zstdFrames(file: FileHandle): AsyncGenerator<ZstdFrame> {
  const { size } = await file.stat();
  const bytes = async (at: number, length: number): Promise<Buffer> => {
    if (at + length > size) throw new Error('unexpected end of file');
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, at);
    return buffer;
  };
  let at = 0;
  while (at < size) {
    const start = at;
    const magic = (await bytes(at, 4)).readUInt32LE();
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      at += 8 + (await bytes(at + 4, 4)).readUInt32LE();
      continue;
    }
    if (magic !== FRAME) throw new Error('a frame does not begin like one');
    const descriptor = (await bytes(at + 4, 1)).readUInt8();
    const header = headerLength(descriptor);
    const window = windowOf(descriptor, await bytes(at + 5, header));
    if (window > LARGEST_WINDOW) {
      throw new Error('it asks for more than 128 MB of memory');
    }
    at += 5 + header;
    let most = 0;
    for (let last = false; !last;) {
      most += LARGEST_BLOCK;
      const block = (await bytes(at, 3)).readUIntLE(0, 3);
      last = (block & 1) === 1;
      at += 3 + ((block >> 1) % 4 === RUN ? 1 : block >> 3);
    }
    const hasChecksum = (descriptor & 4) !== 0;
    if (hasChecksum) at += 4;
    if (at > size) throw new Error('unexpected end of file');
    const segment = isSingleSegment(descriptor) ? window : undefined;
    yield { at: start, length: at - start, hasChecksum, segment, most };
  }
  if (at > size) throw new Error('unexpected end of file');
}

const FRAME = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
/** The type of a block that is one byte, said many times. */
const RUN = 1;
/** Contents of a block, however it is written. */
const LARGEST_BLOCK = 2 ** 17;
/** What other decoders of zstd take unless configured otherwise. */
const LARGEST_WINDOW = 2 ** 27;

const isSingleSegment = (descriptor: number): boolean => ((descriptor >> 5) & 1) === 1;
const dictionaryLength = (descriptor: number): number => [0, 1, 2, 4][descriptor & 3] ?? 0;

function contentsLength(descriptor: number): number {
  return [isSingleSegment(descriptor) ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
}

/** Bytes of a frame's header behind its descriptor: window, dictionary, size of the contents. */
function headerLength(descriptor: number): number {
  const window = isSingleSegment(descriptor) ? 0 : 1;
  return window + dictionaryLength(descriptor) + contentsLength(descriptor);
}

/** How far back a frame refers: to its beginning, if it is a single segment. */
function windowOf(descriptor: number, header: Buffer): number {
  if (!isSingleSegment(descriptor)) {
    const window = header.readUInt8();
    const base = 2 ** (10 + (window >> 3));
    return base + (base / 8) * (window & 7);
  }
  const from = dictionaryLength(descriptor);
  const length = contentsLength(descriptor);
  if (length === 8) return Number(header.readBigUInt64LE(from));
  return header.readUIntLE(from, length) + (length === 2 ? 256 : 0);
}
