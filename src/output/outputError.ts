import { BarometerError } from '../../operators/errors';
import { isNativeError } from 'node:util/types';

/** A file that cannot be written: said before the run, or in the middle of it. */
export class OutputError extends BarometerError {
  override readonly name = 'OutputError';
  override readonly code = 'OUTPUT_UNWRITABLE';

  constructor(
    readonly path: string,
    /** Whether the run had not begun yet. */
    readonly beforeRun: boolean,
    found: string,
    advice: string,
    options?: ErrorOptions,
  ) {
    super(`${path}: ${found}. ${advice}`, options);
  }
}

/** What the system says, in short: `ENOSPC`, or the message where there is no code. */
export function systemCode(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}
