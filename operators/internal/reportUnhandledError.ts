import { throwError } from 'rxjs';

/** Reports an error for which there is no subscriber any more, as rxjs does: to `config.onUnhandledError`, or else as an uncaught one. */
export function reportUnhandledError(error: unknown): void {
  throwError(() => error).subscribe();
}
