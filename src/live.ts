import { OptionError } from '../operators';
import { checkOptionNames } from '../operators/kernel/optionNames';
import type { OptionNames } from '../operators/kernel/optionNames';
import type { Overflow } from '../operators';
import { checkOptions } from '../streams';
import type { Interval, Micros, RowSource } from '../streams';
import { recordingRows } from '../streams/live/recording/recordingRows';
import type { LiveSource, RecordingSource } from '../streams/live/liveSource';
import { REPLAY_OPTIONS, runOf } from './replay';
import type { ReplayOptions, Run } from './replay';

export interface LiveOptions extends Omit<ReplayOptions, 'mode' | 'speed' | 'from' | 'to'> {
  /** Refused unless `clock`: a feed does not wait. */
  readonly mode?: 'clock';
  /** Refused unless 1: the feed is the clock. */
  readonly speed?: 1;
  /** Milliseconds that a window stays open after its end for rows on their way; 250 unless given. */
  readonly grace?: number;
  /** Milliseconds without a frame after which a source is connected anew, and has no say in when windows close; 30,000 unless given. */
  readonly stale?: number;
  /** Rows that may wait for the coordinator; 65,536 unless given. */
  readonly ingress?: number;
  /** What is done with a row more; `dropOldest` unless given. */
  readonly ingressOverflow?: Overflow;
  /** File that the session is recorded in; none unless given. */
  readonly record?: string;
  /** Milliseconds after which the session ends. */
  readonly duration?: number;
  /** Receive time at which it ends: epoch microseconds. */
  readonly until?: Micros;
}

/** What a live run has in common with a replay; it cannot be switched. */
export type LiveRun = Run;

/**
 * Runs feeds through coordinator, processor and analysis: `replay` with the feed as the clock. `stop` ends
 * the feeds, and the run when what they had delivered is through; called once more, it ends the run at once.
 *
 * Throws an `OptionError` where the options make no sense.
 */
export function live(
  source: LiveSource | readonly LiveSource[],
  options: LiveOptions = {},
): LiveRun {
  const sources: readonly LiveSource[] = 'kind' in source ? [source] : source;
  checkLiveOptions(sources, options);
  const recording = sources.find((each) => each.kind === 'recording');
  const { time = 'wall' } = options;
  if (recording === undefined) throw new OptionError('source', sources[0]?.kind, 'a recording');
  const run = runOf(rowsOf(recording, options), { ...replayOptionsOf(options), time });
  return { ...run, ...refusals(run) };
}

function rowsOf({ path, reading }: RecordingSource, options: LiveOptions): RowSource {
  const micros = (ms: number | undefined): Micros | undefined => ms && ms * 1_000;
  return recordingRows(path, {
    intervals: intervalsOf(options),
    grace: micros(options.grace),
    stale: micros(options.stale),
    duration: micros(options.duration),
    until: options.until,
    format: reading?.format,
    price: reading?.price,
  });
}

const intervalsOf = ({ bars, derive, calendar }: LiveOptions): readonly Interval[] =>
  checkOptions({
    ...(bars === undefined ? {} : { bars }),
    ...(derive === undefined ? {} : { derive }),
    ...(calendar === undefined ? {} : { calendar }),
  });

/** Options that a replay does not have. */
const LIVE_OPTIONS: OptionNames<Omit<LiveOptions, keyof ReplayOptions>> = {
  grace: true,
  stale: true,
  ingress: true,
  ingressOverflow: true,
  record: true,
  duration: true,
  until: true,
};

function replayOptionsOf(options: LiveOptions): ReplayOptions {
  const others = Object.entries(options).filter(([name]) => !Object.hasOwn(LIVE_OPTIONS, name));
  return Object.fromEntries(others);
}

/** What a feed as the clock leaves no choice of. */
const refusals = (run: Run): Pick<Run, 'setMode' | 'setSpeed' | 'start'> => ({
  setMode: (mode) => {
    checkClock({ mode });
  },
  setSpeed: (speed) => {
    checkClock({ speed });
  },
  start() {
    run.start();
    return this as unknown as Run;
  },
});

function checkClock({ mode = 'clock', speed = 1 }: { mode?: string; speed?: number }): void {
  if (mode !== 'clock') {
    throw new OptionError('mode', mode, 'clock for a live feed, which does not wait for anybody');
  }
  if (speed !== 1) {
    throw new OptionError('speed', speed, '1 for a live feed, whose time passes on its own');
  }
}

const OVERFLOWS: readonly Overflow[] = ['error', 'dropOldest', 'dropLatest', 'conflate'];

function checkLiveOptions(sources: readonly LiveSource[], options: LiveOptions): void {
  checkOptionNames('live', options, { ...REPLAY_OPTIONS, ...LIVE_OPTIONS });
  checkClock(options);
  const { grace, stale, duration, ingress, ingressOverflow, time } = options;
  for (const [name, ms, least] of [
    ['grace', grace, 0],
    ['stale', stale, 1],
    ['duration', duration, 1],
  ] as const) {
    if (ms !== undefined && !(ms >= least && ms < Infinity)) {
      throw new OptionError(name, ms, `a number of milliseconds, at least ${least}`);
    }
  }
  if (ingress !== undefined && !(Number.isSafeInteger(ingress) && ingress >= 1)) {
    throw new OptionError('ingress', ingress, 'a whole number of rows, at least 1');
  }
  if (ingressOverflow !== undefined && !OVERFLOWS.includes(ingressOverflow)) {
    throw new OptionError('ingressOverflow', ingressOverflow, `one of ${OVERFLOWS.join(', ')}`);
  }
  if (sources.length === 0) throw new OptionError('sources', 'none', 'one feed at least');
  const names = sources.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new OptionError('sources', twice, 'feeds with different names');
  const recordings = sources.filter(({ kind }) => kind === 'recording');
  if (recordings.length > 0 && sources.length > 1) {
    throw new OptionError('sources', names.join(', '), 'one recording, or feeds that are live');
  }
  if (recordings.length === 0 && time === 'simulated') {
    throw new OptionError('time', time, 'wall, unless a recording is read');
  }
  if (recordings.length > 0 && options.record !== undefined) {
    throw new OptionError('record', options.record, 'absent: a recording is not recorded again');
  }
  const isTrades = sources.some(
    (each) => each.kind !== 'recording' && each.reading.price === undefined,
  );
  if (ingressOverflow === 'conflate' && isTrades) {
    throw new OptionError(
      'ingressOverflow',
      'conflate',
      'dropOldest or dropLatest for trades: each of them counts, while of quotes the latest does',
    );
  }
}
