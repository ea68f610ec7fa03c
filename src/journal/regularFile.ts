import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { JournalError, reasonOf, systemCodeOf } from './journalError';

/** What there is instead of a regular file, as the rest of a sentence. */
function kindOf(status: Stats): string {
  if (status.isDirectory()) return 'a folder';
  if (status.isFIFO()) return 'a named pipe';
  if (status.isSocket()) return 'a socket';
  return 'a device';
}

/** Throws a `JournalError` unless the path is a regular file: opening a pipe would wait for its writer. */
export function checkRegularFile(path: string): Stats {
  let status: Stats;
  try {
    status = statSync(path);
  } catch (error) {
    const isMissing = systemCodeOf(error) === 'ENOENT';
    const text = isMissing ? 'there is no such file.' : reasonOf(error);
    const code = isMissing ? 'JOURNAL_MISSING' : 'JOURNAL_UNREADABLE';
    throw new JournalError(code, path, text, undefined, error);
  }
  if (status.isFile()) return status;
  const advice = status.isDirectory() ? 'name a file in it' : 'journals are regular files';
  throw new JournalError('JOURNAL_UNREADABLE', path, `${kindOf(status)}; ${advice}.`);
}

/** At most `length` bytes of a regular file, from a position on. */
export function readPiece(path: string, position: number, length: number): Buffer {
  checkRegularFile(path);
  const fd = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(fd, buffer, 0, length, position));
  } finally {
    closeSync(fd);
  }
}
