import { closeSync, fdatasync, fstatSync, ftruncate, openSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';

/** A file that only ever grows; what it resolves is with the operating system and survives our end. */
export interface AppendFile {
  /** Appends all the bytes. */
  append(bytes: Uint8Array): Promise<void>;
  /** Asks for what has been appended to be on the disk itself, so that it survives the machine's end too. */
  sync(): Promise<void>;
  /** Cuts off what was appended after the first `length` bytes: the torn end of a failed write. */
  cut(length: number): Promise<void>;
  close(): void;
  /** Bytes of the file, appends under way included as far as they have come. */
  size?(): number;
  /** Appends all the bytes before it returns; for the end of the process. */
  appendNow?(bytes: Uint8Array): void;
}

const writeSome = promisify(write);
const sync = promisify(fdatasync);
const truncate = promisify(ftruncate);

/** Throws the system's own error where the file exists or cannot be made. */
export function createAppendFile(path: string): AppendFile {
  // Made anew, and never written over: devices, which exist, are the exception.
  const fd = openSync(path, path.startsWith('/dev/') ? 'a' : 'ax');
  return {
    async append(bytes) {
      for (let from = 0; from < bytes.length;) {
        const { bytesWritten } = await writeSome(fd, bytes, from, bytes.length - from);
        from += bytesWritten;
      }
    },
    sync: () => sync(fd),
    cut: (length) => truncate(fd, length),
    close() {
      closeSync(fd);
    },
    size: () => fstatSync(fd).size,
    appendNow(bytes) {
      for (let from = 0; from < bytes.length;) from += writeSync(fd, bytes, from);
    },
  };
}
