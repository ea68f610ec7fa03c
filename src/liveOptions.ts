import { OptionError } from '../operators';
import type { Overflow } from '../operators';
import { checkOptionNames } from '../operators/kernel/optionNames';
import type { OptionNames } from '../operators/kernel/optionNames';
import type { Micros } from '../streams';
import type { LiveSource } from '../streams/live/liveSource';
import type { NatsOptions } from '../streams/nats/openNats';
import { publicationOf } from '../streams/nats/rowSubjects';
import { REPLAY_OPTIONS } from './replayOptions';
import type { ReplayOptions } from './replay';

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
  /**
   * Files that come before the feeds, data-driven and not counted. Recorded frames go over to the feeds by
   * id, other files by time.
   */
  readonly historyFiles?: readonly string[];
  /** Receive time at which it ends: epoch microseconds. */
  readonly until?: Micros;
  /** What is done with a frame that cannot be read: count and skip it, or fail the run; `skip` unless given. */
  readonly badRows?: 'skip' | 'stop';
  /**
   * Publishes the rows of the run through NATS JetStream, `nats://host/NAME`, for other runs to take;
   * nothing unless given.
   */
  readonly publish?: string;
  /** How that server is reached. */
  readonly publishAccess?: NatsOptions;
}

/** Options that a replay does not have. */
const LIVE_OPTIONS: OptionNames<Omit<LiveOptions, keyof ReplayOptions>> = {
  grace: true,
  stale: true,
  ingress: true,
  ingressOverflow: true,
  record: true,
  duration: true,
  historyFiles: true,
  until: true,
  badRows: true,
  publish: true,
  publishAccess: true,
};

/** A feed is neither rewound nor cut: `duration` and `until` end it. */
const ALL_OPTIONS = Object.fromEntries(
  Object.keys({ ...REPLAY_OPTIONS, ...LIVE_OPTIONS })
    .filter((name) => name !== 'from' && name !== 'to')
    .map((name) => [name, true]),
) as OptionNames<LiveOptions>;

/** Those that a replay has, too. */
export function replayOptionsOf(options: LiveOptions): ReplayOptions {
  const others = Object.entries(options).filter(([name]) => !Object.hasOwn(LIVE_OPTIONS, name));
  return Object.fromEntries(others);
}

/** Throws an `OptionError` for what a feed as the clock leaves no choice of. */
export function checkClock({ mode = 'clock', speed = 1 }: { mode?: string; speed?: number }): void {
  if (mode !== 'clock') {
    throw new OptionError('mode', mode, 'clock for a live feed, which does not wait for anybody');
  }
  if (speed !== 1) {
    throw new OptionError('speed', speed, '1 for a live feed, whose time passes on its own');
  }
}

const OVERFLOWS: readonly Overflow[] = ['error', 'dropOldest', 'dropLatest', 'conflate'];

export function checkLiveOptions(sources: readonly LiveSource[], options: LiveOptions): void {
  checkOptionNames('live', options, ALL_OPTIONS);
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
  if (options.publish !== undefined) checkPublication(options.publish, options);
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

function checkPublication(url: string, { historyFiles = [] }: LiveOptions): void {
  const { symbols } = publicationOf(url);
  if (symbols.length > 0) {
    throw new OptionError(
      'publish',
      symbols.join(','),
      'a name without symbols: all are published',
    );
  }
  if (historyFiles.length > 0) {
    throw new OptionError(
      'publish',
      'a history',
      'without one: rows of a feed alone are published',
    );
  }
}
