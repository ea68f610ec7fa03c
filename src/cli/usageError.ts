/** The command was called in a way that makes no sense; the message says what was found and what would do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'USAGE';
}
