export type JournalErrorCode =
  /** There is no file, no run of that name, or no run at all. */
  | 'NO_JOURNAL'
  /** Several runs begin like that. */
  | 'AMBIGUOUS_RUN'
  /** Nothing has been written yet, or the process ended before it could. */
  | 'EMPTY_JOURNAL'
  | 'NOT_A_JOURNAL'
  | 'NEWER_JOURNAL'
  /** A line in the middle makes no sense. */
  | 'DAMAGED_JOURNAL'
  /** It would have to be written over something that must not be lost. */
  | 'JOURNAL_EXISTS'
  /** The disk is full, gone, or not ours to write on. */
  | 'JOURNAL_UNWRITABLE'
  | 'JOURNAL_UNREADABLE'
  /** A moment of a run that nobody understands. */
  | 'NO_MOMENT';

/** What is wrong with a journal, where, and what to do; the message says all three. */
export class JournalError extends Error {
  override readonly name = 'JournalError';

  constructor(
    readonly code: JournalErrorCode,
    /** The file, or what was asked for. */
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
