import { existsSync, mkdirSync, statSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import type { AppendFile } from './appendFile';
import { peekJournal, livenessOf } from './peekJournal';
import { JournalError, reasonOf, systemCodeOf } from './journalError';

/** What to tell of a file that cannot be written. */
export function unwritable(path: string, cause: unknown): JournalError {
  const full = systemCodeOf(cause) === 'ENOSPC' ? 'the disk is full' : reasonOf(cause);
  const text = `cannot be written: ${full}`;
  return new JournalError('JOURNAL_UNWRITABLE', path, text, undefined, cause);
}

/**
 * Makes a journal's file, and its folder. An older journal gives way to one of the same name;
 * nothing else does, nor one that is still being written.
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
  if (found === undefined || found.isCharacterDevice() || found.isFIFO()) return;
  if (!found.isFile() || !isJournal(path)) {
    const text = 'it exists and is no journal. Name another file, or remove this one.';
    throw new JournalError('JOURNAL_EXISTS', path, text);
  }
  if (found.size > 0 && isBeingWritten(path)) {
    const text = 'another run is writing it. Name another file, or wait for its end.';
    throw new JournalError('JOURNAL_EXISTS', path, text);
  }
  unlinkSync(path);
  if (existsSync(`${path}.gz`) && isJournal(`${path}.gz`)) unlinkSync(`${path}.gz`);
}

function isBeingWritten(path: string): boolean {
  const { header, last } = peekJournal(path);
  return livenessOf(header, last?.event.type === 'finished') === 'running';
}

function isJournal(path: string): boolean {
  try {
    peekJournal(path);
    return true;
  } catch (error) {
    return error instanceof JournalError && error.code === 'EMPTY_JOURNAL';
  }
}
