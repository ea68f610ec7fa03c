import type { FileHandle } from 'node:fs/promises';
import { open, unlink } from 'node:fs/promises';
import type { RowBlock } from './rowBlock';
import { bytesPerRow, rowBlock } from './rowBlock';

/** A temporary file of row blocks, written once from front to back, then read. */
export interface Spool {
  readonly blocks: number;
  /** The block belongs to the spool from then on. */
  append(block: RowBlock): Promise<void>;
  /** To be called between the last write and the first read. */
  flush(): Promise<void>;
  read(index: number): Promise<RowBlock>;
  close(): Promise<void>;
}

/** The file has no name any more as soon as it is open, where the system allows that. */
export async function openSpool(path: string, prices: number): Promise<Spool> {
  const file: FileHandle = await open(path, 'wx+');
  await unlink(path).catch(() => undefined);
  const lengths: number[] = [];
  const starts: number[] = [];
  let size = 0;
  let writing: Promise<unknown> = Promise.resolve();

  return {
    get blocks() {
      return lengths.length;
    },
    append: async (block) => {
      await writing;
      lengths.push(block.length);
      starts.push(size);
      writing = writeAll(file, new Uint8Array(block.buffer), size);
      writing.catch(() => undefined);
      size += block.buffer.byteLength;
    },
    flush: async () => {
      await writing;
    },
    read: async (index) => {
      const start = starts[index] ?? 0;
      const bytes = (starts[index + 1] ?? size) - start;
      const buffer = new ArrayBuffer(bytes);
      await readAll(file, new Uint8Array(buffer), start);
      const block = rowBlock(prices, bytes / bytesPerRow(prices), buffer);
      block.length = lengths[index] ?? 0;
      return block;
    },
    close: async () => {
      await writing.catch(() => undefined);
      await file.close();
      await unlink(path).catch(() => undefined);
    },
  };
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
