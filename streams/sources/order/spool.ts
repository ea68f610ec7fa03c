import type { FileHandle } from 'node:fs/promises';
import { open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { borrowMemory, returnBlock } from './blockMemory';
import type { RowBlock } from './rowBlock';
import { bytesPerRow, rowBlock } from './rowBlock';
import type { SpoolMemory } from './spoolMemory';
import { temporaryError } from './tempFolder';

/** Row blocks that are set aside: written once from front to back, then read, each once. */
export interface Spool {
  readonly blocks: number;
  /** The block belongs to the spool from then on. */
  append(block: RowBlock): Promise<void>;
  /** To be called between the last write and the first read. */
  flush(): Promise<void>;
  /** The block belongs to the caller from then on, who gives it back. */
  read(index: number): Promise<RowBlock>;
  /** Can be repeated. */
  close(): Promise<void>;
}

/** Where a block lies, unless in memory. */
interface Place {
  readonly start: number;
  readonly bytes: number;
  readonly length: number;
}

/**
 * A spool that keeps in memory what there is room for, and writes the rest to a temporary file. That
 * has no name any more as soon as it is open, where the system allows it.
 */
export function openSpool(path: string, prices: number, memory: SpoolMemory): Spool {
  const blocks: (RowBlock | Place | undefined)[] = [];
  let file: Promise<FileHandle> | undefined;
  let size = 0;
  let writing: Promise<unknown> = Promise.resolve();

  return {
    get blocks() {
      return blocks.length;
    },
    append: async (block) => {
      const bytes = block.buffer.byteLength;
      if (memory.take(bytes)) {
        blocks.push(block);
        return;
      }
      await writing;
      const start = size;
      blocks.push({ start, bytes, length: block.length });
      size += bytes;
      file ??= openUnnamed(path);
      const write = async (opened: FileHandle): Promise<void> => {
        await writeAll(opened, new Uint8Array(block.buffer), start);
        returnBlock(block);
      };
      writing = file.then(write).catch((error: unknown) => {
        throw temporaryError(dirname(path), error);
      });
      writing.catch(() => undefined);
    },
    flush: async () => {
      await writing;
    },
    read: async (index) => {
      const block = blocks[index];
      blocks[index] = undefined;
      if (block === undefined) throw new Error('a block is read once');
      if ('buffer' in block) {
        memory.give(block.buffer.byteLength);
        return block;
      }
      const { start, bytes, length } = block;
      const buffer = borrowMemory(bytes);
      await readAll((await file) as FileHandle, new Uint8Array(buffer), start);
      const read = rowBlock(prices, bytes / bytesPerRow(prices), buffer);
      read.length = length;
      return read;
    },
    close: async () => {
      for (const block of blocks.splice(0)) {
        if (block === undefined || !('buffer' in block)) continue;
        memory.give(block.buffer.byteLength);
        returnBlock(block);
      }
      await writing.catch(() => undefined);
      const opened = await file?.catch(() => undefined);
      file = undefined;
      await opened?.close();
      await unlink(path).catch(() => undefined);
    },
  };
}

async function openUnnamed(path: string): Promise<FileHandle> {
  const file = await open(path, 'wx+');
  await unlink(path).catch(() => undefined);
  return file;
}

async function writeAll(file: FileHandle, bytes: Uint8Array, start: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, start + done);
    done += bytesWritten;
  }
}

async function readAll(file: FileHandle, bytes: Uint8Array, start: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) throw new Error('a temporary file has become shorter');
    done += bytesRead;
  }
}
