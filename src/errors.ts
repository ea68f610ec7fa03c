import type {
  DeadlockError,
  OptionError,
  OverflowError,
  ReadinessError,
  ServiceTimeoutError,
} from '../operators';
import type { SourceError, StageFailure, StrategyError } from '../streams';
import type { NatsError } from '../streams/nats/natsError';
import type { MissingPackageError } from '../streams/optionalPackage';
import type { NoWorkError, WhatIfError } from './capacity';
import type { UsageError } from './cli/usageError';
import type { TaskError } from './cluster/nats/taskError';
import type { JournalError } from './journal';
import type { UnknownEventError } from './metrics';
import type { OutputError } from './output';
import type { UncaughtStrategyError, UnusableStrategyError } from './strategies';
import type { MarbleError } from './testing';

interface ErrorClasses {
  readonly OptionError: OptionError;
  readonly OverflowError: OverflowError;
  readonly ReadinessError: ReadinessError;
  readonly DeadlockError: DeadlockError;
  readonly ServiceTimeoutError: ServiceTimeoutError;
  readonly MissingPackageError: MissingPackageError;
  readonly SourceError: SourceError;
  readonly StrategyError: StrategyError;
  readonly UnusableStrategyError: UnusableStrategyError;
  readonly UncaughtStrategyError: UncaughtStrategyError;
  readonly StageFailure: StageFailure;
  readonly JournalError: JournalError;
  readonly OutputError: OutputError;
  readonly UnknownEventError: UnknownEventError;
  readonly NoWorkError: NoWorkError;
  readonly WhatIfError: WhatIfError;
  readonly NatsError: NatsError;
  readonly TaskError: TaskError;
  readonly MarbleError: MarbleError;
  readonly UsageError: UsageError;
}

type Meanings = {
  readonly [C in keyof ErrorClasses]: Readonly<Record<ErrorClasses[C]['code'], string>>;
};

const MEANINGS: Meanings = {
  OptionError: {
    OPTION_INVALID: 'An option has a value that is not allowed.',
    OPTION_UNKNOWN: 'An option has a name that does not exist.',
  },
  OverflowError: {
    BUFFER_OVERFLOW: 'A bounded buffer is full, and its overflow policy is `error`.',
  },
  ReadinessError: {
    READINESS_MISUSED:
      'A `Readiness` has two consumers or two clocks, or is switched while a consumer keeps it.',
  },
  DeadlockError: {
    CLOCK_DEADLOCK: 'A service waits for the `VirtualClock` that waits for the service.',
  },
  ServiceTimeoutError: {
    SERVICE_TIMEOUT: 'The service of an item took longer than the option `timeout` of `serve`.',
  },
  MissingPackageError: {
    PACKAGE_MISSING: 'An optional dependency is needed and is not installed.',
  },
  SourceError: {
    SOURCE_MISSING: 'The file does not exist.',
    SOURCE_UNREADABLE: 'The operating system refuses to read the file.',
    SOURCE_DIRECTORY:
      'A directory is given where a file is needed, or holds no file that can be read.',
    SOURCE_EMPTY: 'The file is empty.',
    SOURCE_NO_ROWS: 'The file has a header and no rows.',
    SOURCE_NOT_TABULAR: 'The file is neither a table nor a format that Barometer reads.',
    SOURCE_DAMAGED: 'The content of the file contradicts its own format or checksum.',
    SOURCE_TRUNCATED: 'The file ends before its last record or its compressed stream does.',
    SOURCE_MANY_ENTRIES: 'A zip archive holds more than one file.',
    SOURCE_UNSUPPORTED: 'The file uses a variant of its format that Barometer does not read.',
    SOURCE_OTHER_FORMAT: 'The file does not have the format that the option `format` names.',
    SOURCE_UNKNOWN_COLUMNS: 'The columns for time, price or symbol cannot be found.',
    SOURCE_HEADER_MISMATCH: 'The header and the rows have different numbers of columns.',
    SOURCE_UNKNOWN_TIME: 'The layout of the times is unknown or ambiguous.',
    SOURCE_IMPLAUSIBLE_TIME:
      'The times lie outside of the plausible years; the unit is probably wrong.',
    SOURCE_NO_QUOTES: 'The option `price` selects quotes, and the file has none.',
    SOURCE_NO_CLOCK: 'The file does not have the clock that the option `clock` selects.',
    SOURCE_NO_DATE: 'Neither the rows nor the path of the file say which date it covers.',
    SOURCE_NO_SYMBOL: 'Neither a column, the file name nor an option names the symbol.',
    SOURCE_NO_INTERVAL: 'The length of recorded bars cannot be determined.',
    SOURCE_BAD_ROW: 'A row cannot be used, and bad rows stop the run.',
    SOURCE_OUT_OF_ORDER: 'An in-memory source has a row that is earlier than the one before it.',
    SOURCE_MIXED_INTERVALS:
      'Bars of different lengths stand in one source, or in sources of one run.',
    SOURCE_CONFLICT: 'Two bars of one symbol and start have different values.',
    SOURCE_BAD_OPTION: 'An option for reading files contradicts the file or another option.',
  },
  StrategyError: {
    STRATEGY_FAILED: 'A strategy threw, rejected or returned an invalid value in a strict run.',
  },
  UnusableStrategyError: {
    STRATEGY_UNUSABLE: 'A strategy or its module cannot be loaded, or its parameters are invalid.',
  },
  UncaughtStrategyError: {
    STRATEGY_UNCAUGHT: 'A timer or promise of a strategy failed, and nothing caught the error.',
  },
  StageFailure: {
    STAGE_FAILED: 'A stage failed, or its thread ended or stopped responding.',
  },
  JournalError: {
    JOURNAL_MISSING: 'There is no such journal, run or service-time file.',
    JOURNAL_AMBIGUOUS: 'The prefix of a run id matches more than one run.',
    JOURNAL_EMPTY: 'The journal has no header yet.',
    JOURNAL_INVALID: 'The file is not a journal.',
    JOURNAL_NEWER: 'The schema of the journal is newer than this version reads.',
    JOURNAL_DAMAGED: 'A line of the journal is damaged or missing.',
    JOURNAL_EXISTS: 'The path of the new journal is taken.',
    JOURNAL_UNWRITABLE: 'The journal cannot be written.',
    JOURNAL_UNREADABLE: 'The operating system refuses to read the journal.',
    JOURNAL_POINT_IN_TIME: 'A point in time of a run is malformed or outside of the run.',
  },
  OutputError: {
    OUTPUT_UNWRITABLE: 'An output file cannot be written.',
  },
  UnknownEventError: {
    METRICS_UNKNOWN_EVENT: 'The metrics store received an event that this version does not know.',
  },
  NoWorkError: {
    CAPACITY_NO_WORK: 'No item was processed, so that there are no service times to compute with.',
  },
  WhatIfError: {
    CAPACITY_WHAT_IF: 'A what-if change is malformed or names nothing that is in the run.',
  },
  NatsError: {
    NATS_ADDRESS: 'The address of a NATS server is malformed.',
    NATS_UNREACHABLE: 'No NATS server answers at the address.',
    NATS_REFUSED: 'The NATS server refuses the credentials.',
    NATS_NO_JETSTREAM: 'The NATS server runs without JetStream.',
    NATS_INSECURE: 'The connection to another machine would be plain text.',
  },
  TaskError: {
    TASK_REFUSED: 'A task cannot be sent to workers, or a worker refuses it.',
  },
  MarbleError: {
    MARBLE_EXPECTATION: 'An expectation of a marble test does not hold.',
    MARBLE_INVALID: 'A marble diagram is malformed.',
    MARBLE_NODE: 'A replay inside of a marble test needs Node.',
    MARBLE_PROMISE: 'The body of a marble test returned a promise.',
    MARBLE_RUN: 'A replay inside of a marble test failed.',
  },
  UsageError: {
    CLI_USAGE: 'The arguments of a command are invalid.',
  },
};

/** A row of the table of errors. */
export interface ErrorDescriptor {
  readonly code: string;
  /** Name of the class, which is the `name` of its errors. */
  readonly errorClass: string;
  /** What the code says, one sentence. */
  readonly meaning: string;
}

/** Every error that Barometer throws, by code. docs/errors.md shows the same table. */
export const ERRORS: readonly ErrorDescriptor[] = Object.entries(MEANINGS).flatMap(
  ([errorClass, meanings]) =>
    Object.entries(meanings as Readonly<Record<string, string>>).map(([code, meaning]) => ({
      code,
      errorClass,
      meaning,
    })),
);

/** The table of errors as Markdown. */
export const errorsAsMarkdown = (): string =>
  [
    '| code | class | meaning |',
    '|---|---|---|',
    ...ERRORS.map(
      ({ code, errorClass, meaning }) => `| \`${code}\` | \`${errorClass}\` | ${meaning} |`,
    ),
  ].join('\n');
