import { xxHash64 } from '../../../streams/sources/compression/xxHash64';

const BLOCK = 100_000;

/** A zstd frame of blocks that are stored as they are, written from RFC 8878, for tests. */
export function zstdFile(content: Buffer, { checksum = true } = {}): Buffer {
  const header = Buffer.alloc(9);
  header.writeUInt32LE(0xfd2fb528);
  header.writeUInt8(0b1010_0000 | (checksum ? 0b100 : 0), 4);
  header.writeUInt32LE(content.length, 5);
  const pieces: Buffer[] = [header];
  for (let from = 0; from === 0 || from < content.length; from += BLOCK) {
    const piece = content.subarray(from, from + BLOCK);
    const last = from + BLOCK >= content.length ? 1 : 0;
    const block = Buffer.alloc(3);
    block.writeUIntLE((piece.length << 3) | last, 0, 3);
    pieces.push(block, piece);
  }
  if (checksum) {
    const hash = xxHash64();
    hash.update(content);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(hash.low());
    pieces.push(sum);
  }
  return Buffer.concat(pieces);
}
