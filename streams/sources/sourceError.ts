import { BarometerError } from '../../operators/errors';

export type SourceErrorCode =
  | 'SOURCE_MISSING'
  | 'SOURCE_UNREADABLE'
  | 'SOURCE_DIRECTORY'
  | 'SOURCE_EMPTY'
  | 'SOURCE_NO_ROWS'
  | 'SOURCE_NOT_TABULAR'
  | 'SOURCE_DAMAGED'
  | 'SOURCE_TRUNCATED'
  | 'SOURCE_MANY_ENTRIES'
  | 'SOURCE_UNSUPPORTED'
  | 'SOURCE_OTHER_FORMAT'
  | 'SOURCE_UNKNOWN_COLUMNS'
  | 'SOURCE_HEADER_MISMATCH'
  | 'SOURCE_UNKNOWN_TIME'
  | 'SOURCE_IMPLAUSIBLE_TIME'
  | 'SOURCE_NO_QUOTES'
  | 'SOURCE_NO_CLOCK'
  | 'SOURCE_NO_DATE'
  | 'SOURCE_NO_SYMBOL'
  | 'SOURCE_NO_INTERVAL'
  | 'SOURCE_BAD_ROW'
  | 'SOURCE_OUT_OF_ORDER'
  | 'SOURCE_MIXED_INTERVALS'
  | 'SOURCE_CONFLICT'
  | 'SOURCE_BAD_OPTION';

/** An input that cannot be read as it was given: whose mistake it is, where, and what to do about it. */
export class SourceError extends BarometerError {
  override readonly name = 'SourceError';

  /**
   * @param place the file as it was named, with `:line` where a line is at fault
   * @param found what is the matter, as the rest of a sentence after the place
   * @param advice what to do, one sentence
   */
  constructor(
    override readonly code: SourceErrorCode,
    readonly place: string,
    readonly found: string,
    readonly advice: string,
    options?: ErrorOptions,
  ) {
    super(`${place}: ${found}. ${advice}`, options);
  }
}
