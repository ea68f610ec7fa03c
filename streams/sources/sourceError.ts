export type SourceErrorCode =
  | 'missing'
  | 'unreadable'
  | 'directory'
  | 'empty'
  | 'no-rows'
  | 'not-tabular'
  | 'damaged'
  | 'truncated'
  | 'many-entries'
  | 'unsupported'
  | 'other-format'
  | 'unknown-columns'
  | 'header-mismatch'
  | 'unknown-time'
  | 'implausible-time'
  | 'no-quotes'
  | 'no-clock'
  | 'no-date'
  | 'no-symbol'
  | 'no-interval'
  | 'bad-row'
  | 'out-of-order'
  | 'mixed-intervals'
  | 'conflict'
  | 'bad-option';

/** An input that cannot be read as it was given: whose mistake it is, where, and what to do about it. */
export class SourceError extends Error {
  override readonly name = 'SourceError';

  /**
   * @param place the file as it was named, with `:line` where a line is to blame
   * @param found what is the matter, as the rest of a sentence after the place
   * @param advice what to do, one sentence
   */
  constructor(
    readonly code: SourceErrorCode,
    readonly place: string,
    readonly found: string,
    readonly advice: string,
    options?: ErrorOptions,
  ) {
    super(`${place}: ${found}. ${advice}`, options);
  }
}
