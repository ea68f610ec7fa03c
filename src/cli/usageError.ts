import { BarometerError } from '../../operators/errors';

/** The command was called in a way that makes no sense; the message says what was found and what would do. */
export class UsageError extends BarometerError {
  override readonly name = 'UsageError';
  override readonly code = 'CLI_USAGE';
}
