import { FEED_COUNTERS } from '../../streams/feedEvents';
import type { PipelineEvent } from '../../streams/events';
import { NO_VALUES } from './histogram';
import { increment } from './increment';
import { EMPTY_MAP } from './persistentMap';
import { addMeasured } from './reduceStage';
import { plus } from './saturating';
import type { FeedSourceState, FeedState, FeedTallyState } from './state';
import type { Mutable, StateDraft } from './stateDraft';

type EventOf<T extends PipelineEvent['type']> = Extract<PipelineEvent, { readonly type: T }>;

const MOST_GAPS = 20;

const noCounts = Object.freeze(
  Object.fromEntries(FEED_COUNTERS.map((counter) => [counter, 0n])),
) as FeedTallyState;

const noFeed: FeedState = Object.freeze({
  total: noCounts,
  sources: Object.freeze([]),
  bySymbol: EMPTY_MAP,
  lag: Object.freeze({ count: 0n, totalMs: 0, maxMs: 0, cells: NO_VALUES }),
  gaps: Object.freeze([]),
  jumps: 0,
});

function feedOf(draft: StateDraft): Mutable<FeedState> {
  draft.root.feed ??= noFeed;
  return draft.own(draft.root as { feed: FeedState }, 'feed');
}

/** The draft's account of a source. */
function sourceOf(draft: StateDraft, name: string): Mutable<FeedSourceState> {
  const feed = feedOf(draft);
  const sources = draft.own(feed, 'sources') as unknown as FeedSourceState[];
  let at = sources.findIndex((source) => source.name === name);
  if (at < 0) at = sources.push({ name, counts: noCounts, isConnected: false, connections: 0 }) - 1;
  return draft.own(sources, at);
}

/** Rows were received, and what became of them before they were in bars. */
export function feedCounted(draft: StateDraft, event: EventOf<'feed'>): void {
  const { source: name, counts, skewMs, lag, symbols } = event;
  const source = sourceOf(draft, name);
  if (skewMs !== undefined) source.skewMs = skewMs;
  const ofSource = draft.own(source, 'counts');
  const feed = feedOf(draft);
  const total = draft.own(feed, 'total');
  for (const counter of FEED_COUNTERS) {
    if (counts[counter] === 0) continue;
    ofSource[counter] = plus(ofSource[counter], counts[counter]);
    total[counter] = increment(draft, `feed.${counter}`, total[counter], counts[counter]);
  }
  const bySymbol = draft.entries(feed, feed.bySymbol, (map) => {
    feed.bySymbol = map;
  });
  for (const [symbol, more] of symbols) {
    const tally = bySymbol.own(symbol, noCounts);
    for (const [i, counter] of FEED_COUNTERS.entries()) {
      tally[counter] = plus(tally[counter], more[i] ?? 0);
    }
  }
  addMeasured(draft, draft.own(feed, 'lag'), lag);
}

export function feedConnected(
  draft: StateDraft,
  { source: name, isInCode, hasNoIds }: EventOf<'connected'>,
): void {
  const source = sourceOf(draft, name);
  if (isInCode !== undefined) source.isInCode = isInCode;
  if (hasNoIds !== undefined) source.hasNoIds = hasNoIds;
  source.isConnected = true;
  source.connections += 1;
}

export function feedDisconnected(
  draft: StateDraft,
  { source: name, reason }: EventOf<'disconnected'>,
): void {
  const source = sourceOf(draft, name);
  source.isConnected = false;
  source.lastReason = reason;
}

export function feedGapFound(
  draft: StateDraft,
  { type: _type, at: _at, ...gap }: EventOf<'gap'>,
): void {
  const feed = feedOf(draft);
  if (feed.gaps.length < MOST_GAPS) draft.append(feed, 'gaps', [Object.freeze(gap)]);
}

export function feedSkewJumped(draft: StateDraft): void {
  feedOf(draft).jumps += 1;
}

export function feedUnrecorded(draft: StateDraft, { reason }: EventOf<'unrecorded'>): void {
  feedOf(draft).unrecorded = reason;
}
