import { OptionError } from '../../operators/errors';
import { SourceError } from '../../streams/sources/sourceError';
import { JournalError } from '../journal/journalError';
import { OutputError } from '../output/outputError';
import { UnusableStrategyError } from '../strategies/unusableStrategyError';
import { UsageError } from './usageError';

export const EXIT = { done: 0, failed: 1, usage: 2, input: 3, interrupted: 130 } as const;

/** Shown by every command's help. */
export const EXIT_CODES_HELP = `
Exit codes:
  0    done
  1    a run that failed
  2    wrong usage
  3    unreadable or malformed input
  130  interrupted; what was measured until then is reported all the same`;

type Test = (error: unknown) => boolean;

/** Asked for in a way that cannot be; whatever else is wrong with a journal is unreadable input. */
const USAGE = ['AMBIGUOUS_RUN', 'JOURNAL_EXISTS', 'JOURNAL_UNWRITABLE', 'NO_MOMENT'];

/** Which error ends with which code, the first that fits; whatever else fails a run is a 1. */
const CODES: readonly (readonly [Test, number])[] = [
  [(error) => error instanceof UsageError, EXIT.usage],
  [(error) => error instanceof OptionError, EXIT.usage],
  [(error) => error instanceof UnusableStrategyError, EXIT.usage],
  [(error) => error instanceof OutputError && error.beforeRun, EXIT.usage],
  [(error) => error instanceof SourceError && error.code === 'bad-option', EXIT.usage],
  [(error) => error instanceof JournalError && USAGE.includes(error.code), EXIT.usage],
  [(error) => error instanceof JournalError, EXIT.input],
  [(error) => error instanceof SourceError, EXIT.input],
];

export function exitCodeOf(error: unknown): number {
  return CODES.find(([test]) => test(error))?.[1] ?? EXIT.failed;
}

/** Options of the library that are called the same at the command line. */
const FLAGS = 'bars derive mode speed time from to inbox overflow timings threads'.split(' ');

/** What a person reads: no stack trace. Options are called as they are written at the command line. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof OptionError && FLAGS.includes(error.option)) return `--${error.message}`;
  return error.message === '' ? error.name : error.message;
}
