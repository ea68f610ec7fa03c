import { OptionError } from '../../operators/errors';
import { causeText } from '../../streams/causeText';
import { ConfigError } from '../config/configError';
import { SourceError } from '../../streams/sources/sourceError';
import { JournalError } from '../journal/journalError';
import { OutputError } from '../output/outputError';
import { UnusableStrategyError } from '../strategies/unusableStrategyError';
import { UsageError } from './usageError';

/** Every exit code and its meaning. Help and documentation are compared with this table. */
export const EXIT_CODES = [
  ['done', 0, 'done'],
  ['failed', 1, 'the run failed, or every call of a strategy failed'],
  ['usage', 2, 'wrong usage'],
  ['input', 3, 'unreadable or malformed input'],
  ['requirement', 4, 'a requirement of `check` is not met'],
  ['hangup', 129, 'stopped by SIGHUP; the report covers the run until then'],
  ['interrupted', 130, 'stopped by SIGINT (Ctrl-C); the report covers the run until then'],
  ['terminated', 143, 'stopped by SIGTERM; the report covers the run until then'],
] as const;

type ExitName = (typeof EXIT_CODES)[number][0];

export const EXIT = Object.fromEntries(EXIT_CODES.map(([name, code]) => [name, code])) as Readonly<
  Record<ExitName, number>
>;

/** Printed after the help of every command. */
export const EXIT_CODES_HELP = [
  '',
  'Exit codes:',
  ...EXIT_CODES.map(([, code, meaning]) => `  ${String(code).padEnd(3)}  ${meaning}`),
].join('\n');

type Test = (error: unknown) => boolean;

/** Journal errors that are wrong usage; every other one is unreadable input. */
const USAGE = [
  'JOURNAL_AMBIGUOUS',
  'JOURNAL_EXISTS',
  'JOURNAL_UNWRITABLE',
  'JOURNAL_POINT_IN_TIME',
];

/** The first matching row gives the exit code; any other error is a failed run. */
const CODES: readonly (readonly [Test, number])[] = [
  [(error) => error instanceof UsageError, EXIT.usage],
  [(error) => error instanceof OptionError, EXIT.usage],
  [(error) => error instanceof ConfigError, EXIT.usage],
  [(error) => error instanceof UnusableStrategyError, EXIT.usage],
  [(error) => error instanceof OutputError && error.beforeRun, EXIT.usage],
  [(error) => error instanceof SourceError && error.code === 'SOURCE_BAD_OPTION', EXIT.usage],
  [(error) => error instanceof JournalError && USAGE.includes(error.code), EXIT.usage],
  [(error) => error instanceof JournalError, EXIT.input],
  [(error) => error instanceof SourceError, EXIT.input],
];

export function exitCodeOf(error: unknown): number {
  return CODES.find(([test]) => test(error))?.[1] ?? EXIT.failed;
}

/** Options of the library that have the same name on the command line. */
const FLAGS = [
  ...'grace stale ingress ingressOverflow record'.split(' '),
  ...'bars derive mode speed time from to inbox overflow timings threads'.split(' '),
  ...['zone', 'dayStart', 'session', 'weekStart', 'recorded'],
];

/** The message for people, without a stack trace. Options are named as on the command line. */
export function messageOf(error: unknown): string {
  if (error instanceof OptionError && FLAGS.includes(error.option)) {
    const flag = error.option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `--${flag}${error.message.slice(error.option.length)}`;
  }
  return causeText(error);
}
