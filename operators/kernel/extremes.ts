/*
 * `Math.max(...values)` and `list.push(...values)` take a place on the stack for each value, and throw from
 * about a hundred thousand on. A lint rule refuses them.
 */

/** The largest of any number of values; -Infinity of none, NaN where one is. */
export function largestOf(values: Iterable<number>): number {
  let largest = -Infinity;
  for (const value of values) largest = Math.max(largest, value);
  return largest;
}

/** The smallest of any number of values; Infinity of none, NaN where one is. */
export function smallestOf(values: Iterable<number>): number {
  let smallest = Infinity;
  for (const value of values) smallest = Math.min(smallest, value);
  return smallest;
}

/** Appends any number of entries to a list. */
export function appendAll<T>(list: T[], entries: Iterable<T>): void {
  for (const entry of entries) list.push(entry);
}
