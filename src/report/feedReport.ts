import { FEED_COUNTERS } from '../../streams/feedEvents';
import { entriesOf } from '../metrics';
import type { FeedSourceState, FeedState, FeedTallyState } from '../metrics/state';
import { percentiles } from './percentiles';
import { grouped } from './format';
import type { FeedCountsReport, FeedReport, FeedSourceReport } from './reportSchema';

const countsOf = (tally: FeedTallyState): FeedCountsReport =>
  Object.fromEntries(
    FEED_COUNTERS.map((counter) => [counter, tally[counter].toString()]),
  ) as FeedCountsReport;

const reconnectsOf = ({ connections }: FeedSourceState): number => Math.max(0, connections - 1);

const sourceReport = (source: FeedSourceState): FeedSourceReport => {
  const { skewMs, isConnected, lastReason, isInCode, hasNoIds } = source;
  return {
    ...countsOf(source.counts),
    reconnects: String(reconnectsOf(source)),
    ...(skewMs === undefined ? {} : { skewMs }),
    ...(isConnected || lastReason === undefined ? {} : { disconnected: lastReason }),
    ...(isInCode === undefined ? {} : { isInCode }),
    ...(hasNoIds === undefined ? {} : { hasNoIds }),
  };
};

export function feedReport(feed: FeedState): FeedReport {
  const { total, sources, bySymbol, lag, gaps, unrecorded } = feed;
  const [lagP99Ms = 0] = percentiles(lag.cells, { minMs: 0, maxMs: lag.maxMs }, [99]);
  return {
    ...countsOf(total),
    reconnects: String(sources.reduce((sum, source) => sum + reconnectsOf(source), 0)),
    lagP99Ms,
    bySymbol: Object.fromEntries(
      entriesOf(bySymbol)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([symbol, tally]) => [symbol, countsOf(tally)]),
    ),
    bySource: Object.fromEntries(sources.map((source) => [source.name, sourceReport(source)])),
    ...(gaps.length === 0
      ? {}
      : {
          firstGaps: gaps.map(
            ({ symbol, missing, from, to, source }) =>
              `${symbol}: ${grouped(missing)} missing, id ${from} to ${to}, of ${source}`,
          ),
        }),
    ...(unrecorded === undefined ? {} : { unrecorded }),
  };
}
