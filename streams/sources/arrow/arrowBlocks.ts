import { largestOf } from '../../../operators/kernel/extremes';
import type { FileHandle } from 'node:fs/promises';

/** A piece of a file. */
export interface Block {
  readonly at: number;
  readonly length: number;
}

/**
 * The bytes of blocks, one after another. The next is read while one is used; a block's bytes are good
 * until the next is requested. Two pieces of memory serve for all blocks: one for each would lie outside
 * of V8's heap, which then collects all its garbage every few of them.
 */
export async function* readBlocks(
  file: FileHandle,
  blocks: readonly Block[],
): AsyncGenerator<Uint8Array> {
  const longest = largestOf(blocks.map(({ length }) => length));
  const memory = blocks.slice(0, 2).map(() => Buffer.allocUnsafeSlow(longest));
  const read = async (index: number): Promise<Uint8Array | undefined> => {
    const block = blocks[index];
    if (block === undefined) return undefined;
    const bytes = (memory[index % 2] as Buffer).subarray(0, block.length);
    for (let done = 0; done < bytes.length;) {
      const { bytesRead } = await file.read(bytes, done, bytes.length - done, block.at + done);
      if (bytesRead === 0) throw new Error('a block lies behind the end');
      done += bytesRead;
    }
    return bytes;
  };
  let coming = read(0);
  try {
    for (let next = 1; ; next += 1) {
      const bytes = await coming;
      if (bytes === undefined) return;
      coming = read(next);
      coming.catch(() => undefined);
      yield bytes;
    }
  } finally {
    await coming.catch(() => undefined);
  }
}
