/** A file of rows that is written while a run goes on. */
export interface RowsFile<T> {
  readonly write: (row: T) => void;
  /** The rows are whole: the file gets its name. */
  readonly commit: () => Promise<void>;
  /** Nothing is left of it, unless it was committed. */
  readonly discard: () => void;
}
