import { FEED_COUNTERS } from '../feedEvents';
import type { FeedCounter, FeedTally } from '../feedEvents';

export { FEED_COUNTERS };
export type { FeedCounter, FeedTally };

export const noTally = (): FeedTally => ({
  received: 0,
  late: 0,
  duplicate: 0,
  missing: 0,
  gaps: 0,
  implausible: 0,
  dropped: 0,
  bad: 0,
  other: 0,
  discarded: 0,
});

export const isEmptyTally = (tally: FeedTally): boolean =>
  FEED_COUNTERS.every((counter) => tally[counter] === 0);

export function addTally(to: FeedTally, more: Readonly<FeedTally>): void {
  for (const counter of FEED_COUNTERS) to[counter] += more[counter];
}
