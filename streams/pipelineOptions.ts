import type { SchedulerLike } from 'rxjs';
import { OptionError } from '../operators';
import type { EventBatch, Overflow } from '../operators';
import { checkOptionNames } from '../operators/kernel/optionNames';
import type { OptionNames } from '../operators/kernel/optionNames';
import type { Micros } from './bars/bar';
import type { Mode, Time } from './events';
import { windowsOf } from './bars/calendar';
import { CALENDAR_OPTIONS } from './bars/calendarOptions';
import type { CalendarOptions } from './bars/calendarOptions';
import { intervalName, isMultiple, parseDerived, parseInterval } from './bars/interval';
import type { Interval } from './bars/interval';
import type { Item } from './bars/item';
import type { ItemMeter } from './engine/itemMeter';
import { checkWindowWidth } from './engine/windowWidths';
import type { RowSource } from './bars/rows';
import type { CallMonitor } from './strategies/callMonitor';
import type { Strategy, StrategyFactory } from './strategies/strategy';
import { checkThreads } from './threads/threadsOptions';
import type { ThreadsOptions } from './threads/threadsOptions';

/** Milliseconds a stage takes for an item, instead of what the stopwatch measures. */
export type DeclaredServiceTime = number | ((item: Item, measured: number) => number);

export interface PipelineOptions {
  /** Base interval: `tick`, or such as `1s` or `1m`; `1m` unless given. */
  readonly bars?: string;
  /** Derived intervals, each a multiple of the base. */
  readonly derive?: readonly string[];
  /** Where days, weeks and the windows in them begin; UTC, midnight and Monday unless given. */
  readonly calendar?: CalendarOptions;
  /** Strategies, or how to make them anew for each run. */
  readonly strategies?: readonly (Strategy | StrategyFactory)[];
  /** `clock` unless given. */
  readonly mode?: Mode;
  /** Market seconds per second, any positive number; 1 unless given. */
  readonly speed?: number;
  /** `simulated` unless given; says which clock is made where no `scheduler` is given. */
  readonly time?: Time;
  /** Says when; made from `time` unless given. */
  readonly scheduler?: SchedulerLike;
  /**
   * What runs the stages in simulated time: `auto`, one loop that does what the operators would do, or the
   * operators themselves. `auto` unless given. Both tell the same, event for event.
   */
  readonly engine?: 'auto' | 'operators';
  /** Says how long, in milliseconds; `performance.now` unless given. */
  readonly stopwatch?: () => number;
  /** The session [from, to): where its clock starts, and until where it runs after the last row. */
  readonly from?: Micros;
  readonly to?: Micros;
  /**
   * With `from`: how much history before it strategies, derived bars and lookbacks are given, such as `1d`,
   * before the clock starts. It is not counted, and what strategies say of it goes nowhere; none unless given.
   */
  readonly leadIn?: string;
  /** On the wall clock: gaps of market time longer than this are passed over, such as `1h`; all are waited for unless given. */
  readonly skipGaps?: string;
  /**
   * Width of the windows of market time in which counts leave as events: `1s`, `10s`, `1m`, `5m`, `15m`, `1h`,
   * `4h`, `12h` or `1d`. Unless given, the shortest with which there are at most 1,000, but no shorter than a bar.
   */
  readonly windows?: string;
  /** Rows of other symbols are passed over; all symbols unless given. */
  readonly symbols?: readonly string[];
  /** How many items may wait before each stage; 1,048,576 unless given. */
  readonly inbox?: number;
  /** What a full inbox does; `error` unless given. */
  readonly overflow?: Overflow;
  /** A faulty strategy fails the run. */
  readonly strict?: boolean;
  /**
   * Milliseconds that a strategy's promise may keep the analysis waiting before the run fails; 60,000
   * unless given. A loop that never returns is ended by `threads.stageTimeout` alone: with threads, that
   * is the option for both.
   */
  readonly stageTimeout?: number;
  /**
   * Sees each call of a strategy begin and end.
   *
   * @internal
   */
  readonly callMonitor?: CallMonitor;
  /** Lets counter events leave more often than once a window; with `{ count: 1 }`, one per occurrence. */
  readonly batch?: Pick<EventBatch, 'count' | 'time'>;
  /** False: service times are not measured and count as 0. Data-driven mode only. */
  readonly timings?: boolean;
  /** Is informed of what each item cost; nothing is spent on it where it is not given. */
  readonly itemMeter?: ItemMeter;
  /** How many bars of each series a strategy can look back on; 1,024 unless given. */
  readonly history?: number;
  /** Processor and analysis run in worker threads of their own, on the wall clock. */
  readonly threads?: ThreadsOptions;
  readonly serviceTimes?: {
    readonly processor?: DeclaredServiceTime;
    readonly analysis?: DeclaredServiceTime;
  };
}

/** Every option of `pipeline`. */
export const PIPELINE_OPTIONS: OptionNames<PipelineOptions> = {
  bars: true,
  derive: true,
  calendar: true,
  strategies: true,
  mode: true,
  speed: true,
  time: true,
  scheduler: true,
  engine: true,
  stopwatch: true,
  from: true,
  to: true,
  leadIn: true,
  skipGaps: true,
  windows: true,
  symbols: true,
  inbox: true,
  overflow: true,
  strict: true,
  stageTimeout: true,
  callMonitor: true,
  batch: true,
  timings: true,
  itemMeter: true,
  history: true,
  threads: true,
  serviceTimes: true,
};

/** The intervals of a run, base first; throws an `OptionError` for what in the options makes no sense. */
export function checkOptions(options: PipelineOptions): readonly Interval[] {
  const { bars = '1m', derive = [], mode = 'clock', speed = 1 } = options;
  checkMode(mode, options);
  checkSpeed(speed);
  checkInbox(options);
  checkWindowWidth(options.windows);
  checkThreads(options);
  const { from, to, history, time, stageTimeout } = options;
  if (stageTimeout !== undefined && !(stageTimeout > 0)) {
    throw new OptionError('stageTimeout', stageTimeout, 'a positive number of milliseconds');
  }
  if (time !== undefined && time !== 'simulated' && time !== 'wall') {
    throw new OptionError('time', time, 'simulated or wall');
  }
  if (!['auto', 'operators'].includes(options.engine ?? 'auto')) {
    throw new OptionError('engine', options.engine, 'auto or operators');
  }
  checkSkipGaps(options);
  checkLeadIn(options);
  if (from !== undefined && to !== undefined && !(from < to)) {
    throw new OptionError('to', to, `later than from, ${from}`);
  }
  if (options.symbols?.length === 0) {
    throw new OptionError('symbols', [], 'names of symbols, at least one');
  }
  if (history !== undefined && !(Number.isInteger(history) && history >= 1)) {
    throw new OptionError('history', history, 'a whole number of at least 1');
  }
  const base = parseInterval(bars, 'bars');
  const intervals = [base, ...parseDerived(derive, base)];
  const { calendar } = options;
  if (calendar === undefined) return intervals;
  checkOptionNames('calendar', calendar, CALENDAR_OPTIONS);
  const inCalendar = intervals.map((interval) => ({ ...interval, calendar }));
  for (const interval of inCalendar) windowsOf(interval);
  return inCalendar;
}

/** Throws an `OptionError` where a base interval can't be made of what the sources have. */
export function checkSources(sources: readonly RowSource[], base: Interval): void {
  for (const { name, interval, isIrregular } of sources) {
    if (isIrregular === true && sources.length > 1) {
      throw new OptionError(
        'sources',
        name,
        'the only source of its run, as its bars are irregular',
      );
    }
    if (isIrregular === true && interval !== base.length) {
      throw new OptionError(
        'bars',
        base.name,
        `${intervalName(interval)}, the interval of the irregular bars in ${name}`,
      );
    }
    if (interval === 0 || (base.length > 0 && isMultiple(base.length, interval))) continue;
    throw new OptionError(
      'bars',
      base.name,
      `a multiple of ${intervalName(interval)}, which is the length of the bars in ${name}`,
    );
  }
}

export function checkMode(mode: Mode, { timings = true }: PipelineOptions): void {
  if (mode === 'data') return;
  if ((mode as string) !== 'clock') throw new OptionError('mode', mode, 'clock or data');
  if (timings) return;
  throw new OptionError(
    'timings',
    timings,
    'true in clock-driven mode, which judges by service times',
  );
}

function checkSkipGaps({ skipGaps, time, threads, bars = '1m' }: PipelineOptions): void {
  if (skipGaps === undefined) return;
  if (time !== 'wall' && threads === undefined) {
    throw new OptionError(
      'skipGaps',
      skipGaps,
      'used with time wall: simulated time passes over gaps at no cost',
    );
  }
  const { length } = parseInterval(skipGaps, 'skipGaps');
  if (length > parseInterval(bars, 'bars').length) return;
  throw new OptionError('skipGaps', skipGaps, `longer than the base interval ${bars}`);
}

function checkLeadIn({ leadIn, from }: PipelineOptions): void {
  if (leadIn === undefined) return;
  if (from === undefined) {
    throw new OptionError('leadIn', leadIn, 'given together with from, before which it lies');
  }
  if (parseInterval(leadIn, 'leadIn').length > 0) return;
  throw new OptionError('leadIn', leadIn, 'a length of time, such as 1h or 1d');
}

const OVERFLOWS: readonly Overflow[] = ['error', 'dropOldest', 'dropLatest', 'conflate'];

function checkInbox({
  inbox = Infinity,
  overflow = 'error',
  serviceTimes = {},
}: PipelineOptions): void {
  if (inbox !== Infinity && !(Number.isInteger(inbox) && inbox >= 1)) {
    throw new OptionError('inbox', inbox, 'a whole number of at least 1');
  }
  if (!OVERFLOWS.includes(overflow)) {
    throw new OptionError('overflow', overflow, `one of ${OVERFLOWS.join(', ')}`);
  }
  for (const [stage, time] of Object.entries(serviceTimes)) {
    if (typeof time !== 'number' || (time >= 0 && time < Infinity)) continue;
    throw new OptionError(`serviceTimes.${stage}`, time, 'a number of milliseconds, at least 0');
  }
}

export function checkSpeed(speed: number): void {
  if (speed > 0 && speed < Infinity) return;
  throw new OptionError('speed', speed, 'a positive number');
}
