import { z } from 'zod';
import { OptionError } from '../../../operators';
import { checkOptions, parseInterval } from '../../../streams';
import type { FileOptions, Micros, PipelineOptions, ThreadsOptions } from '../../../streams';
import { leadInStart } from '../../../streams/bars/leadInStart';
import type { TimeFormat } from '../../output';
import { calendarOf, calendarShape } from '../options/calendar';
import { exporterShape } from '../options/exporters';
import type { ExporterRequest } from '../options/exporters';
import { fileOptionsOf, fileShape } from '../options/files';
import { list, overflow, oneOf, option, positiveNumber, wholeNumber } from '../options/kinds';
import { given, readOptions } from '../options/readOptions';

/** `N,M`, or `N` for both edges. */
const steps = option((text): readonly [number, number] | undefined => {
  const [, first, second = first] = /^(\d+)(?:,(\d+))?$/.exec(text.replaceAll(' ', '')) ?? [];
  const numbers = [Number(first), Number(second)] as const;
  return numbers.every(Number.isSafeInteger) ? numbers : undefined;
}, 'numbers of events for both edges, such as 1000,500, or 0 for no warnings');

/** One line, short enough for a table. */
const LABEL = option((text) => {
  const label = text.trim();
  return label !== '' && label.length <= 80 && !/[\n\r]/.test(label) ? label : undefined;
}, 'a text of one line and at most 80 characters');

const schema = z.object({
  bars: z.string().optional(),
  derive: z.array(list()).optional(),
  strategy: z.array(z.string()).optional(),
  symbols: list().optional(),
  mode: oneOf('clock', 'data').optional(),
  speed: positiveNumber('1, 240 or 0.5; --mode data runs as fast as the stages can').optional(),
  time: oneOf('simulated', 'wall').optional(),
  ...fileShape,
  ...calendarShape,
  badRows: oneOf('stop', 'skip').optional(),
  inbox: wholeNumber(1).optional(),
  overflow: overflow().optional(),
  warnEvery: steps.optional(),
  timings: oneOf('on', 'off').optional(),
  threads: z.boolean().default(false),
  skipGaps: z.string().optional(),
  leadIn: z.string().optional(),
  windows: z.string().optional(),
  stageTimeout: positiveNumber('30 or 0.5, of seconds').optional(),
  demand: wholeNumber(1).optional(),
  strict: z.boolean().optional(),
  outBars: z.string().min(1, 'must be the name of a file').optional(),
  outSignals: z.string().min(1, 'must be the name of a file').optional(),
  csvSafe: z.boolean().default(false),
  timeFormat: oneOf('epoch-us', 'iso').default('epoch-us'),
  journal: z.string().min(1, 'must be the name of a file or folder, or none').optional(),
  fsync: z.boolean().default(false),
  gzip: z.boolean().default(false),
  recordTimings: z.boolean().default(true),
  ...exporterShape,
  label: LABEL.optional(),
  allowErrors: z.boolean().default(false),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
});

/** What `replay` was asked to do. */
export interface ReplayRequest {
  readonly run: Omit<PipelineOptions, 'strategies' | 'threads'> & {
    readonly threads?: Omit<ThreadsOptions, 'strategies'>;
  };
  readonly files: FileOptions;
  /** As they were written. */
  readonly strategies: readonly string[];
  readonly outBars: string | undefined;
  readonly outSignals: string | undefined;
  readonly csvSafe: boolean;
  readonly timeFormat: TimeFormat;
  /** How many events apart warnings come, on the first and on the second edge. */
  readonly warnEvery: readonly [number, number] | undefined;
  /** A file or a folder, or `none`; the default folder unless given. */
  readonly journal: string | undefined;
  readonly fsync: boolean;
  readonly gzip: boolean;
  readonly recordTimings: boolean;
  readonly exporters: ExporterRequest;
  readonly label: string | undefined;
  /** Whether a strategy may fail at every call. */
  readonly allowErrors: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  /** The options as they were written. */
  readonly written: Readonly<Record<string, unknown>>;
}

/** Files are read from the beginning of the history before the session. */
const firstRow = (run: ReplayRequest['run']): Micros | undefined =>
  run.leadIn === undefined ? run.from : leadInStart(run, checkOptions(run));

/** Throws a `UsageError` or an `OptionError`. */
export function readReplayOptions(options: Readonly<Record<string, unknown>>): ReplayRequest {
  const read = readOptions(schema, options);
  const { bars, mode, speed, inbox, from, to, badRows } = read;
  const files = fileOptionsOf(read, options);
  const stageTimeout = read.stageTimeout === undefined ? undefined : read.stageTimeout * 1_000;
  if (read.demand !== undefined && !read.threads) {
    throw new OptionError('demand', read.demand, 'given together with --threads');
  }
  const length = bars === undefined ? 0 : parseInterval(bars, 'bars').length;
  const run: ReplayRequest['run'] = given({
    bars,
    derive: read.derive?.flat(),
    calendar: calendarOf(read),
    mode,
    speed,
    time: read.time,
    skipGaps: read.skipGaps,
    windows: read.windows,
    from,
    to,
    leadIn: read.leadIn,
    symbols: read.symbols,
    inbox,
    overflow: read.overflow,
    timings: read.timings === undefined ? undefined : read.timings === 'on',
    strict: read.strict,
    stageTimeout: read.threads ? undefined : stageTimeout,
    threads: read.threads ? given({ stageTimeout, demand: read.demand }) : undefined,
  });
  return {
    run,
    files: {
      ...files,
      ...given({ badRows, bars: length > 0 ? length : undefined, from: firstRow(run) }),
    },
    strategies: read.strategy ?? [],
    outBars: read.outBars,
    outSignals: read.outSignals,
    csvSafe: read.csvSafe,
    timeFormat: read.timeFormat,
    warnEvery: read.warnEvery,
    journal: read.journal,
    fsync: read.fsync,
    gzip: read.gzip,
    recordTimings: read.recordTimings,
    exporters: {
      metrics: read.metrics,
      metricsLinger: read.metricsLinger,
      token: read.token,
      exportSymbols: read.exportSymbols,
      otlp: read.otlp,
      otlpInterval: read.otlpInterval,
      dashboard: read.dashboard,
      journal: read.journal,
    },
    label: read.label,
    allowErrors: read.allowErrors,
    json: read.json,
    quiet: read.quiet,
    written: options,
  };
}
