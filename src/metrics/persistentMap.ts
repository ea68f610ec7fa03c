/**
 * A persistent map by name: a hash trie. A change copies (and freezes) the few small records on the way
 * to one entry, so it costs about the same with five entries and with fifty thousand. Plain data, as
 * the whole state is.
 */
export type PersistentMap<V> =
  | { readonly leaf: Readonly<Record<string, V>> }
  | { readonly branch: Readonly<Record<string, PersistentMap<V>>> };

/** A leaf with more entries becomes a branch of so many ways. */
const WAYS = 16;
const BITS = 4;
/** Below, all bits of the hash are used up: names that share them share a leaf. */
const DEEPEST = 24 / BITS;

export const EMPTY_MAP: PersistentMap<never> = Object.freeze({ leaf: Object.freeze({}) });

/** V8 keeps integer-like keys (the symbol `600519`) in slow elements, and `__proto__` is no key at all: nothing is stored under its bare name. */
const stored = (name: string): string => `_${name}`;

function hashOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i += 1) hash = (hash * 31 + name.charCodeAt(i)) & 0xffffff;
  return hash;
}

const wayOf = (hash: number, depth: number): string =>
  stored(String((hash >>> (depth * BITS)) & (WAYS - 1)));

export function valueOf<V>(named: PersistentMap<V>, name: string): V | undefined {
  const hash = hashOf(name);
  let node: PersistentMap<V> | undefined = named;
  for (let depth = 0; node !== undefined; depth += 1) {
    if ('leaf' in node) return node.leaf[stored(name)];
    node = node.branch[wayOf(hash, depth)];
  }
  return undefined;
}

/** A copy in which `value` stands under `name`. Frozen down to the values, which are the caller's. */
export function withValue<V>(named: PersistentMap<V>, name: string, value: V): PersistentMap<V> {
  return placed(named, 0, hashOf(name), name, value);
}

function placed<V>(
  node: PersistentMap<V>,
  depth: number,
  hash: number,
  name: string,
  value: V,
): PersistentMap<V> {
  if ('branch' in node) {
    const way = wayOf(hash, depth);
    const below = placed(node.branch[way] ?? EMPTY_MAP, depth + 1, hash, name, value);
    return Object.freeze({ branch: Object.freeze({ ...node.branch, [way]: below }) });
  }
  const leaf = { ...node.leaf, [stored(name)]: value };
  return Object.keys(leaf).length > WAYS && depth < DEEPEST
    ? split(leaf, depth)
    : Object.freeze({ leaf: Object.freeze(leaf) });
}

function split<V>(leaf: Readonly<Record<string, V>>, depth: number): PersistentMap<V> {
  let branch: PersistentMap<V> = Object.freeze({ branch: Object.freeze({}) });
  for (const [key, value] of Object.entries(leaf)) {
    const name = key.slice(1);
    branch = placed(branch, depth, hashOf(name), name, value);
  }
  return branch;
}

/** All entries, in no order that says anything. */
export function entriesOf<V>(named: PersistentMap<V>): [name: string, value: V][] {
  if ('branch' in named) return Object.values(named.branch).flatMap(entriesOf);
  return Object.entries(named.leaf).map(([key, value]) => [key.slice(1), value]);
}
