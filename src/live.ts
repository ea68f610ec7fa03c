import { checkOptions } from '../streams';
import type { Interval, Micros, RowSource } from '../streams';
import { handOver } from '../streams/live/handOver';
import { LiveRows } from '../streams/live/liveRows';
import type { LiveSource } from '../streams/live/liveSource';
import { PublishedRows } from '../streams/live/publishedRows';
import { recordingRows } from '../streams/live/recording/recordingRows';
import { checkClock, checkLiveOptions, replayOptionsOf } from './liveOptions';
import type { LiveOptions } from './liveOptions';
import { runOf } from './replay';
import type { Run } from './replay';

/**
 * Runs feeds through coordinator, processor and analysis: `replay` with the feed as the clock. `stop` ends
 * the feeds, and the run when what they had delivered is through; called once more, it ends the run at once.
 *
 * Throws an `OptionError` where the options make no sense.
 */
export function live(source: LiveSource | readonly LiveSource[], options: LiveOptions = {}): Run {
  const sources: readonly LiveSource[] = 'kind' in source ? [source] : source;
  checkLiveOptions(sources, options);
  const { time = 'wall' } = options;
  const { historyFiles = [] } = options;
  let stops = 0;
  let isPaused = false;
  /** Behind a history, the clock starts when nothing waits in the ingress for the first time. */
  const onCaughtUp = (): void => {
    if (historyFiles.length === 0) return;
    if (rows instanceof LiveRows) rows.bound();
    run.setMode('clock');
  };
  const rows = rowsOf(sources, options, onCaughtUp);
  const input =
    historyFiles.length === 0
      ? publishedRows(rows, options, (error) => {
          run.fail(error);
        })
      : behindHistory(rows, sources, historyFiles, onCaughtUp);
  const mode = historyFiles.length === 0 ? 'clock' : 'data';
  const run = runOf(input, { ...replayOptionsOf(options), time, mode }, (outcome) =>
    outcome === 'done' && stops > 0 ? 'stopped' : outcome,
  );
  return {
    ...run,
    start() {
      run.start();
      return this;
    },
    setMode(mode) {
      checkClock({ mode });
    },
    setSpeed(speed) {
      checkClock({ speed });
    },
    pause() {
      isPaused = true;
      run.pause();
    },
    resume() {
      isPaused = false;
      run.resume();
    },
    stop() {
      stops += 1;
      // What is paused would never be through.
      if (rows instanceof LiveRows && stops === 1 && !isPaused) rows.stop();
      else run.stop();
    },
  };
}

const MILLISECOND: Micros = 1_000;
const inMicros = (ms: number | undefined): Micros | undefined =>
  ms === undefined ? undefined : ms * MILLISECOND;

function publishedRows(
  rows: RowSource,
  { publish, publishAccess = {} }: LiveOptions,
  onFailure: (error: unknown) => void,
): RowSource {
  if (publish === undefined) return rows;
  return new PublishedRows(rows, publish, publishAccess, onFailure);
}

function behindHistory(
  rows: RowSource | LiveRows,
  sources: readonly LiveSource[],
  history: readonly string[],
  onCaughtUp: () => void,
): RowSource {
  const reading = sources[0]?.reading ?? {};
  return handOver(rows, {
    history,
    reading: {
      format: reading.format ?? 'binance-frames',
      ...(reading.price === undefined ? {} : { price: reading.price }),
    },
    names: sources.map(({ name }) => name),
    // A recording has nothing that waits.
    onLive: rows instanceof LiveRows ? () => undefined : onCaughtUp,
  });
}

function rowsOf(
  sources: readonly LiveSource[],
  options: LiveOptions,
  onCaughtUp: () => void,
): RowSource | LiveRows {
  const { grace, stale, duration, until } = options;
  const intervals = intervalsOf(options);
  const recording = sources.find((source) => source.kind === 'recording');
  if (recording !== undefined) {
    return recordingRows(recording.path, {
      intervals,
      grace: inMicros(grace),
      stale: inMicros(stale),
      duration: inMicros(duration),
      until,
      format: recording.reading?.format,
      price: recording.reading?.price,
    });
  }
  return new LiveRows(
    sources.filter((source) => source.kind !== 'recording'),
    {
      intervals,
      grace: (grace ?? 250) * MILLISECOND,
      stale: (stale ?? 30_000) * MILLISECOND,
      capacity: options.ingress ?? 65_536,
      overflow: options.ingressOverflow ?? 'dropOldest',
      isBounded: (options.historyFiles ?? []).length === 0,
      stopsAtBadRow: options.badRows === 'stop',
      record: options.record,
      duration: inMicros(duration),
      until,
    },
    onCaughtUp,
  );
}

const intervalsOf = ({ bars, derive, calendar }: LiveOptions): readonly Interval[] =>
  checkOptions({
    ...(bars === undefined ? {} : { bars }),
    ...(derive === undefined ? {} : { derive }),
    ...(calendar === undefined ? {} : { calendar }),
  });
