import { open } from 'node:fs/promises';

/**
 * Steps over the frames and blocks of a zstd file (RFC 8878) without unpacking them, and fails where
 * the file ends inside of one.
 */
export async function walkZstd(path: string, signal: AbortSignal): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const bytes = async (at: number, length: number): Promise<Buffer> => {
      if (at + length > size) throw new Error('unexpected end of file');
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, at);
      return buffer;
    };
    let at = 0;
    while (at < size && !signal.aborted) {
      const magic = (await bytes(at, 4)).readUInt32LE();
      if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
        at += 8 + (await bytes(at + 4, 4)).readUInt32LE();
      } else if (magic === FRAME) {
        const descriptor = (await bytes(at + 4, 1)).readUInt8();
        at += 5 + headerLength(descriptor);
        for (let last = false; !last;) {
          const block = (await bytes(at, 3)).readUIntLE(0, 3);
          last = (block & 1) === 1;
          at += 3 + ((block >> 1) % 4 === RUN ? 1 : block >> 3);
        }
        if ((descriptor & 4) !== 0) at += 4;
      } else throw new Error('a frame does not begin like one');
    }
    if (at > size) throw new Error('unexpected end of file');
  } finally {
    await file.close();
  }
}

const FRAME = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
/** The type of a block that is one byte, said many times. */
const RUN = 1;

/** Bytes of a frame's header behind its descriptor: window, dictionary, size of the contents. */
function headerLength(descriptor: number): number {
  const single = (descriptor >> 5) & 1;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const contents = [single, 2, 4, 8][descriptor >> 6] ?? 0;
  return 1 - single + dictionary + contents;
}
