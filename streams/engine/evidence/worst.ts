import { appendAll } from '../../../operators/kernel/extremes';
/** How many of each kind an account keeps. */
const KEPT = 20;

/** A list of the entries with the greatest weight, in the order in which they came. */
export function worstOf<T>(entries: readonly T[], weight: (entry: T) => number): readonly T[] {
  if (entries.length <= KEPT) return [...entries];
  return entries
    .map((entry, index) => ({ entry, index, weight: weight(entry) }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, KEPT)
    .sort((a, b) => a.index - b.index)
    .map(({ entry }) => entry);
}

/** Adds an entry; lets go of light ones when there are many. */
export function keep<T>(entries: T[], entry: T, weight: (entry: T) => number): void {
  entries.push(entry);
  if (entries.length < KEPT * 4) return;
  const kept = worstOf(entries, weight);
  entries.length = 0;
  appendAll(entries, kept);
}
