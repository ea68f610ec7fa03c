import { addCount, entriesOf as countsOf, type SortedCounts } from './sortedCounts';
import { entriesOf, valueOf, withValues } from './persistentMap';
import type { PersistentMap } from './persistentMap';
import { plus } from './saturating';
import type { Spread } from './state';

/** What adds up: 64-bit counters saturate, durations and small counts are plain numbers. */
type Amount = number | bigint;

/** Both parts with the named amounts added up; the rest is the first part's. */
export function withSums<P extends object, K extends keyof P>(
  one: P & Record<K, Amount>,
  other: P & Record<K, Amount>,
  keys: readonly K[],
): P {
  const sums: Partial<Record<K, Amount>> = {};
  for (const key of keys) {
    const [a, b] = [one[key], other[key]] as [Amount, Amount];
    sums[key] = typeof a === 'bigint' ? plus(a, b) : a + (b as number);
  }
  return { ...one, ...sums };
}

/** Every entry of both; where both have one, what `merge` makes of the two. */
export function mergedRecord<V>(
  one: Readonly<Record<string, V>>,
  other: Readonly<Record<string, V>>,
  merge: (one: V, other: V) => V,
): Record<string, V> {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return Object.fromEntries(
    names.map((name) => {
      const [a, b] = [ownValue(one, name), ownValue(other, name)];
      return [name, a === undefined ? (b as V) : b === undefined ? a : merge(a, b)];
    }),
  );
}

/** Two records with the same names, which stay in their order. */
export function mergedSame<K extends string, V>(
  one: Readonly<Record<K, V>>,
  other: Readonly<Record<K, V>>,
  merge: (one: V, other: V) => V,
): Record<K, V> {
  const names = Object.keys(one) as K[];
  return Object.fromEntries(names.map((name) => [name, merge(one[name], other[name])])) as Record<
    K,
    V
  >;
}

const ownValue = <V>(record: Readonly<Record<string, V>>, name: string): V | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

export function mergedMap<V>(
  one: PersistentMap<V>,
  other: PersistentMap<V>,
  merge: (one: V, other: V) => V,
): PersistentMap<V> {
  const more = new Map<string, V>();
  for (const [name, value] of entriesOf(other)) {
    const known = valueOf(one, name);
    more.set(name, known === undefined ? value : merge(known, value));
  }
  return withValues(one, more);
}

export function mergedCounts(one: SortedCounts, other: SortedCounts): SortedCounts {
  const counts = [...one];
  for (const [number, count] of countsOf(other)) addCount(counts, number, count);
  return counts;
}

export const mergedSpread = (one: Spread, other: Spread): Spread => ({
  ...withSums(one, other, ['count', 'totalMs']),
  maxMs: Math.max(one.maxMs, other.maxMs),
  cells: mergedCounts(one.cells, other.cells),
});

/** All names of both, once each, in alphabetical order. */
export const union = (one: readonly string[], other: readonly string[]): readonly string[] =>
  [...new Set([...one, ...other])].sort();

/** The smaller of two that may be missing. */
export function least<T extends number | string>(
  one: T | undefined,
  other: T | undefined,
): T | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

/** The larger of two that may be missing. */
export function greatest<T extends number | string>(
  one: T | undefined,
  other: T | undefined,
): T | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}

/** The object without the properties that are undefined. */
export function defined<T extends object>(
  properties: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> };
}
