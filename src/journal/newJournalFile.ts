import { existsSync, mkdirSync, statSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AppendFile } from './appendFile';
import { headerOf } from './peekJournal';
import { JournalError, reasonOf, systemCodeOf } from './journalError';

/** What to tell of a file that cannot be written. */
export function unwritable(path: string, cause: unknown): JournalError {
  const full = systemCodeOf(cause) === 'ENOSPC' ? 'the disk is full' : reasonOf(cause);
  const text = `cannot be written: ${full}`;
  return new JournalError('JOURNAL_UNWRITABLE', path, text, undefined, cause);
}

/**
 * Makes a journal's file, and its folder. Nothing that exists is written over, least of all the
 * journal of another run; an empty file gives way.
 */
export function newJournalFile(path: string, create: (path: string) => AppendFile): AppendFile {
  try {
    mkdirSync(dirname(path), { recursive: true });
    giveWay(path);
    return create(path);
  } catch (error) {
    throw error instanceof JournalError ? error : unwritable(path, error);
  }
}

function giveWay(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isCharacterDevice() === true) return;
  const taken = found === undefined ? `${path}.gz` : path;
  if (found === undefined && !existsSync(taken)) return;
  if (found?.isFile() === true && found.size === 0) {
    unlinkSync(path);
    return;
  }
  const text = `it exists and is ${whatIs(taken)}. Name another file, or remove this one.`;
  throw new JournalError('JOURNAL_EXISTS', taken, text);
}

function whatIs(path: string): string {
  try {
    return `the journal of run ${headerOf(path).run}`;
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return error.code === 'JOURNAL_UNREADABLE'
      ? (error.message.split(': ').at(-1) ?? '').replace(/;.*/, '')
      : 'no journal';
  }
}
