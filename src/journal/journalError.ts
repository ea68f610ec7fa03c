import { BarometerError } from '../../operators/errors';

export type JournalErrorCode =
  /** There is no file, no run of that name, or no run at all. */
  | 'JOURNAL_MISSING'
  /** Several runs begin like that. */
  | 'JOURNAL_AMBIGUOUS'
  /** Nothing has been written yet, or the process ended before it could. */
  | 'JOURNAL_EMPTY'
  | 'JOURNAL_INVALID'
  | 'JOURNAL_NEWER'
  /** A line in the middle makes no sense. */
  | 'JOURNAL_DAMAGED'
  /** It would have to be written over something that must not be lost. */
  | 'JOURNAL_EXISTS'
  /** The disk is full, gone, or not ours to write on. */
  | 'JOURNAL_UNWRITABLE'
  | 'JOURNAL_UNREADABLE'
  /** A moment of a run that nobody understands. */
  | 'JOURNAL_POINT_IN_TIME';

/** What is wrong with a journal, where, and what to do; the message says all three. */
export class JournalError extends BarometerError {
  override readonly name = 'JournalError';

  constructor(
    override readonly code: JournalErrorCode,
    /** The file, or what was requested. */
    readonly path: string,
    text: string,
    /** The line it is about, the first one being 1. */
    readonly line?: number,
    cause?: unknown,
  ) {
    super(`${path}${line === undefined ? '' : `:${line}`}: ${text}`, { cause });
  }
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** The system's own code (ENOENT, ENOSPC, …) of an error, if it has one. */
export function systemCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
