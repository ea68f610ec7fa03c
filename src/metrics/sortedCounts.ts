/**
 * Counts by number, in order of the numbers: number, count, number, count, … One flat list, because a
 * copy of some hundred small integers costs less than pages of named properties.
 */
export type SortedCounts = readonly number[];

export const NO_COUNTS: SortedCounts = Object.freeze([]);

/** Adds to the count of a number. */
export function addCount(counts: number[], number: number, by: number): void {
  let from = 0;
  let to = counts.length / 2;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((counts[middle * 2] as number) < number) from = middle + 1;
    else to = middle;
  }
  const at = from * 2;
  if (counts[at] === number) counts[at + 1] = (counts[at + 1] as number) + by;
  else if (at === counts.length) counts.push(number, by);
  else counts.splice(at, 0, number, by);
}

/** All entries, in order of the numbers. */
export function entriesOf(counts: SortedCounts): [number: number, count: number][] {
  const entries: [number, number][] = [];
  for (let i = 0; i < counts.length; i += 2) {
    entries.push([counts[i] as number, counts[i + 1] as number]);
  }
  return entries;
}
