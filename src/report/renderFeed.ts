import { duration, grouped } from './format';
import type { FeedReport, FeedSourceReport } from './reportSchema';

/** Gaps that are named; the others are counted. */
const GAPS_NAMED = 5;

const LOSSES = [
  ['late', 'late'],
  ['duplicate', 'duplicate'],
  ['implausible', 'implausible'],
  ['dropped', 'dropped'],
  ['discarded', 'discarded'],
  ['bad', 'bad'],
  ['other', 'other frames'],
] as const;

const skewText = (skewMs: number): string =>
  skewMs < 0
    ? `clock ${duration(-skewMs)} behind the local one`
    : `clock ${duration(skewMs)} ahead of the local one`;

function sourceLine([name, source]: readonly [string, FeedSourceReport]): string {
  const { received, skewMs, reconnects, disconnected } = source;
  return [
    `${name}: received ${grouped(received)}`,
    ...(skewMs === undefined ? [] : [skewText(skewMs)]),
    ...(reconnects === '0' ? [] : [`reconnects: ${grouped(reconnects)}`]),
    ...(disconnected === undefined ? [] : [`not connected (${disconnected})`]),
    ...(source.hasNoIds === true ? ['no ids: duplicates and gaps are not known'] : []),
    ...(source.isInCode === true
      ? ["stamped in the strategies' thread: counts are a lower bound"]
      : []),
  ].join(' | ');
}

/** A line a source, for a screen: the connection first, then the counts, and the clocks last. */
export const feedPanel = ({ bySource }: FeedReport): string[] =>
  Object.entries(bySource).map(([name, source]) => {
    const { received, late, missing, dropped, reconnects, skewMs, disconnected } = source;
    return [
      `${name}: ${disconnected === undefined ? '' : 'not connected, '}received ${grouped(received)}`,
      `late ${grouped(late)}`,
      `missing ${grouped(missing)}`,
      `dropped ${grouped(dropped)}`,
      `reconnects ${grouped(reconnects)}`,
      ...(skewMs === undefined
        ? []
        : [`skew ${skewMs < 0 ? '-' : ''}${duration(Math.abs(skewMs))}`]),
    ].join(' | ');
  });

/** What a live feed gave and lost, a line each. */
export function feedLines(feed: FeedReport): string[] {
  const losses = LOSSES.map(([counter, label]) => `${label}: ${grouped(feed[counter])}`);
  const gaps = (feed.firstGaps ?? []).slice(0, GAPS_NAMED);
  return [
    `Received: ${grouped(feed.received)} | ${losses.join(' | ')}`,
    `Missing: ${grouped(feed.missing)} ids in ${grouped(feed.gaps)} gaps | reconnects: ${grouped(feed.reconnects)} | lag p99 ${duration(feed.lagP99Ms)}`,
    ...gaps,
    ...Object.entries(feed.bySource).map(sourceLine),
    ...(feed.unrecorded === undefined ? [] : [`The recording ended early: ${feed.unrecorded}`]),
  ];
}
