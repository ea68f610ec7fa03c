import type { Micros } from '../../bars/bar';
import type { Interval } from '../../bars/interval';
import type { RowSource } from '../../bars/rows';
import type { FeedEvent } from '../../feedEvents';
import { SourceError } from '../../sources/sourceError';
import type { PriceOfQuotes } from '../decoders/frameDecoder';
import { FRAME_LAYOUTS, isFrameFormat } from '../decoders/layouts';
import type { FrameFormat } from '../decoders/layouts';
import { Ingress } from '../ingress';
import { ingressSourceOf } from '../ingressOptions';
import type { LiveBatch } from '../liveBatch';
import { RowsBehind } from '../rowsBehind';
import { recordingLines } from './recordingLines';
import { readRecordingLine } from './recordingLine';
import type { RecordingEntry } from './recordingLine';
import { surveyRecording } from './surveyRecording';
import type { RecordingSurvey } from './surveyRecording';

export interface RecordingOptions {
  readonly intervals: readonly Interval[];
  /** Those of the recorded session unless given. */
  readonly grace?: Micros | undefined;
  readonly stale?: Micros | undefined;
  /** Of recordings that do not say it; `binance-frames` unless given. */
  readonly format?: FrameFormat | undefined;
  readonly price?: PriceOfQuotes | undefined;
  /** Receive time at which the session ends. */
  readonly until?: Micros | undefined;
  /** Length of the session. */
  readonly duration?: Micros | undefined;
}

const GRACE: Micros = 250_000;
const STALE: Micros = 30e6;
/** Rows of a batch, at most. */
const MOST_ROWS = 512;

/**
 * The rows of a recorded session: the same ingress, with the stamps of the recording. They are the same
 * rows, marks and counts as they were live, and the same rows are lost.
 */
export function recordingRows(path: string, options: RecordingOptions): RowSource {
  let ingress: Ingress | undefined;
  let survey: RecordingSurvey | undefined;
  let read = 0;
  let rows = 0;
  const behind = new RowsBehind((origin) => sourcesOf(survey)[origin]?.name ?? path);

  async function* batches(): AsyncGenerator<LiveBatch> {
    survey = await surveyRecording(path);
    const feed = (ingress = ingressOf(path, survey, options));
    const until = untilOf(survey, options);
    const state = { source: 0, latest: -Infinity };
    for await (const lines of recordingLines(path)) {
      for (const line of lines) {
        read += 1;
        const found = readRecordingLine(line);
        // A line without a time, as a recorder's own remark.
        if (found === undefined) continue;
        if (found.at >= until) {
          feed.advance(until);
          yield* taken(feed);
          return;
        }
        // Two recorders in one file may disagree by a little: the ingress' clock never goes back.
        state.latest = Math.max(state.latest, found.at);
        play(feed, state, found.entry, sourcesOf(survey).length);
        if (feed.queue.isEmpty) continue;
        if (feed.queue.hasMark || feed.queue.rows >= MOST_ROWS) yield* taken(feed);
      }
    }
    yield* taken(feed);
  }

  function* taken(feed: Ingress): Generator<LiveBatch> {
    for (let batch = feed.take(MOST_ROWS); batch !== undefined; batch = feed.take(MOST_ROWS)) {
      rows += batch.length;
      yield batch;
    }
  }

  return {
    name: path,
    interval: 0,
    batches,
    counts: () => ({ rows, outOfOrder: 0, badRows: 0 }),
    progress: () => (survey === undefined || survey.lines === 0 ? 0 : read / survey.lines),
    live: {
      origin: () => survey?.start,
      onLate: (origin, symbol) => {
        behind.count(origin, symbol, 'late');
      },
      hasEvents: () => ingress?.hasEvents === true || !behind.isEmpty,
      takeEvents: (at, isLast): FeedEvent[] => [
        ...(ingress?.takeEvents(at * 1_000, isLast) ?? []).map((event) => ({ ...event, at })),
        ...behind.take(at),
      ],
    },
  };
}

function play(
  feed: Ingress,
  state: { source: number; latest: Micros },
  entry: RecordingEntry,
  sources: number,
): void {
  const { source, latest } = state;
  switch (entry.kind) {
    case 'frame':
      feed.frame(source, latest, entry.text);
      break;
    case 'bytes':
      feed.binary(source, latest);
      break;
    case 'from':
      state.source = Math.min(Math.max(entry.source, 0), sources - 1);
      break;
    case 'open':
      feed.opened(source, latest);
      break;
    case 'close':
      feed.closed(source, latest, entry.reason);
      break;
    case 'end':
      feed.advance(latest);
      break;
    // The survey has them.
    case 'header':
    case 'drop':
    case 'discard':
      break;
  }
}

const sourcesOf = (survey: RecordingSurvey | undefined): readonly { readonly name: string }[] =>
  survey?.header?.sources ?? [];

function untilOf({ start }: RecordingSurvey, { until, duration }: RecordingOptions): Micros {
  return Math.min(until ?? Infinity, duration === undefined ? Infinity : start + duration);
}

function ingressOf(path: string, survey: RecordingSurvey, options: RecordingOptions): Ingress {
  const { header, lost } = survey;
  const { intervals, format = 'binance-frames', price } = options;
  const recorded = header?.sources ?? [
    { name: path, format, ...(price === undefined ? {} : { price }) },
  ];
  return new Ingress({
    sources: recorded.map(({ name, format: recordedFormat, price: recordedPrice }) => {
      if (!isFrameFormat(recordedFormat)) {
        throw new SourceError(
          'SOURCE_UNSUPPORTED',
          path,
          `has frames of the format ${recordedFormat}, which is not known`,
          `Known formats: ${Object.keys(FRAME_LAYOUTS).join(', ')}.`,
        );
      }
      const priced = recordedPrice === undefined ? {} : { price: recordedPrice };
      return ingressSourceOf(name, { format: recordedFormat, ...priced });
    }),
    intervals,
    grace: options.grace ?? (header === undefined ? GRACE : header.graceMs * 1_000),
    stale: options.stale ?? (header === undefined ? STALE : header.staleMs * 1_000),
    // What it lost is known; nothing else is.
    capacity: Infinity,
    overflow: 'error',
    lost,
  });
}
