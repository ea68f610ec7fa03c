/** What is counted of each source, and of each symbol. Plain numbers: exact to 2^53. */
export const FEED_COUNTERS = [
  'received',
  'late',
  'duplicate',
  'missing',
  'gaps',
  'implausible',
  'dropped',
  'bad',
  'other',
  'discarded',
] as const;
export type FeedCounter = (typeof FEED_COUNTERS)[number];

/** Counts of a source, or of one of its symbols. */
export type FeedTally = Record<FeedCounter, number>;

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
