import type { CommitOptions } from './outputFile';

/** A file of rows that is written while a run goes on. */
export interface RowsFile<T> {
  readonly write: (row: T) => void;
  /** Completes the file and gives it its name. Resolves the path. */
  readonly commit: (options?: CommitOptions) => Promise<string>;
  /** Nothing is left of it, unless it was committed. */
  readonly discard: () => void;
}
