import { FEED_COUNTERS } from '../../streams/feedEvents';
import { defined, greatest, least, mergedMap, mergedSpread, withSums } from './mergeParts';
import type { FeedSourceState, FeedState, FeedTallyState } from './state';

/** As many gaps as a run names. */
const FIRST_GAPS = 20;

const mergedTally = (one: FeedTallyState, other: FeedTallyState): FeedTallyState =>
  withSums(one, other, FEED_COUNTERS);

const mergedSource = (one: FeedSourceState, other: FeedSourceState): FeedSourceState => ({
  name: one.name,
  counts: mergedTally(one.counts, other.counts),
  isConnected: one.isConnected && other.isConnected,
  connections: one.connections + other.connections,
  ...defined({
    skewMs: greatest(one.skewMs, other.skewMs),
    lastReason: least(one.lastReason, other.lastReason),
    isInCode: one.isInCode ?? other.isInCode,
    hasNoIds: one.hasNoIds ?? other.hasNoIds,
  }),
});

function mergedSources(
  one: readonly FeedSourceState[],
  other: readonly FeedSourceState[],
): readonly FeedSourceState[] {
  const byName = new Map<string, FeedSourceState>();
  for (const source of [...one, ...other]) {
    const known = byName.get(source.name);
    byName.set(source.name, known === undefined ? source : mergedSource(known, source));
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of several live runs: sources of one name are one. */
export function mergedFeed(
  one: FeedState | undefined,
  other: FeedState | undefined,
): FeedState | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const gaps = [...one.gaps, ...other.gaps].map((gap) => ({ gap, text: JSON.stringify(gap) }));
  return {
    total: mergedTally(one.total, other.total),
    sources: mergedSources(one.sources, other.sources),
    bySymbol: mergedMap(one.bySymbol, other.bySymbol, mergedTally),
    lag: mergedSpread(one.lag, other.lag),
    gaps: gaps
      .sort((a, b) => (a.text < b.text ? -1 : 1))
      .slice(0, FIRST_GAPS)
      .map(({ gap }) => gap),
    jumps: one.jumps + other.jumps,
    ...defined({ unrecorded: least(one.unrecorded, other.unrecorded) }),
  };
}
