import { config } from 'rxjs';

/** What is reported as unhandled, as rxjs does it, because of some work. */
export function unhandled(work: () => void): unknown[] {
  const errors: unknown[] = [];
  const before = config.onUnhandledError;
  config.onUnhandledError = (error) => errors.push(error);
  jest.useFakeTimers();
  try {
    work();
    jest.runAllTimers();
  } finally {
    jest.useRealTimers();
    config.onUnhandledError = before;
  }
  return errors;
}
