import type { RowBlock } from './rowBlock';
import { BLOCK_ROWS, bytesPerRow, rowBlock } from './rowBlock';

/**
 * Memory that nobody uses, by its length. It is used again for the next block of any file, unless V8
 * needed it before.
 */
const idle = new Map<number, WeakRef<SharedArrayBuffer>[]>();
const isIdle = new WeakSet<SharedArrayBuffer>();

/**
 * Memory of this many bytes, with anything in it. It is shared memory, though nobody shares it: that is
 * the kind that V8 does not count. Of the other it collects its whole heap every 32 MB, which took a
 * quarter of the time of reading a file.
 */
export function borrowMemory(bytes: number): SharedArrayBuffer {
  const known = idle.get(bytes);
  for (let last = known?.pop(); last !== undefined; last = known?.pop()) {
    const memory = last.deref();
    if (memory === undefined) continue;
    isIdle.delete(memory);
    return memory;
  }
  return new SharedArrayBuffer(bytes);
}

/** A block with room for `BLOCK_ROWS`, to be given back when it is not used any more. */
export const borrowBlock = (prices: number): RowBlock =>
  rowBlock(prices, BLOCK_ROWS, borrowMemory(BLOCK_ROWS * bytesPerRow(prices)));

/** Others may use the block's memory from then on. A block that was not borrowed is left alone. */
export function returnBlock({ buffer }: RowBlock): void {
  if (!(buffer instanceof SharedArrayBuffer)) return;
  if (isIdle.has(buffer)) throw new Error('a block was given back twice');
  isIdle.add(buffer);
  const known = idle.get(buffer.byteLength);
  if (known === undefined) idle.set(buffer.byteLength, [new WeakRef(buffer)]);
  else known.push(new WeakRef(buffer));
}
