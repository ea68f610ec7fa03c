/**
 * A persistent map by name: a hash trie. A change copies (and freezes) the few small arrays on the way
 * to one entry, so it costs about the same with five entries and with a hundred thousand. Plain data,
 * as the whole state is.
 */
export type PersistentMap<V> =
  /** Names, and their values at the same places. */
  | { readonly leaf: readonly string[]; readonly values: readonly V[] }
  | { readonly branch: readonly (PersistentMap<V> | null)[] };

/** A leaf with more entries becomes a branch of this many ways. */
const WAYS = 16;
const BITS = 4;
/** Below, all bits of the hash are used up: names that share them share a leaf. */
const DEEPEST = 24 / BITS;

export const EMPTY_MAP: PersistentMap<never> = leafOf<never>([], []);

const NO_WAYS: readonly null[] = Object.freeze(Array.from({ length: WAYS }, () => null));

function hashOf(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i += 1) hash = (hash * 31 + name.charCodeAt(i)) & 0xffffff;
  return hash;
}

const wayOf = (hash: number, depth: number): number => (hash >>> (depth * BITS)) & (WAYS - 1);

export function valueOf<V>(named: PersistentMap<V>, name: string): V | undefined {
  const hash = hashOf(name);
  let node: PersistentMap<V> | null = named;
  for (let depth = 0; node !== null; depth += 1) {
    if ('leaf' in node) {
      const at = node.leaf.indexOf(name);
      return at === -1 ? undefined : node.values[at];
    }
    node = node.branch[wayOf(hash, depth)] ?? null;
  }
  return undefined;
}

/** A copy in which `value` stands under `name`. Frozen down to the values, which are the caller's. */
export function withValue<V>(named: PersistentMap<V>, name: string, value: V): PersistentMap<V> {
  return placed(named, 0, hashOf(name), name, value);
}

/** The same with many values at once: what lies on the way to them is copied once. */
export function withValues<V>(
  named: PersistentMap<V>,
  values: ReadonlyMap<string, V>,
): PersistentMap<V> {
  if (values.size === 0) return named;
  const entries: Entry<V>[] = [];
  for (const [name, value] of values) entries.push({ hash: hashOf(name), name, value });
  return placedAll(named, 0, entries);
}

interface Entry<V> {
  readonly hash: number;
  readonly name: string;
  readonly value: V;
}

function placedAll<V>(
  node: PersistentMap<V>,
  depth: number,
  entries: readonly Entry<V>[],
): PersistentMap<V> {
  if ('branch' in node) {
    const branch = node.branch.slice();
    for (const [way, below] of groupedByWay(entries, depth)) {
      branch[way] = placedAll(branch[way] ?? EMPTY_MAP, depth + 1, below);
    }
    return branchOf(branch);
  }
  const merged = new Map(node.leaf.map((name, i) => [name, node.values[i] as V]));
  for (const { name, value } of entries) merged.set(name, value);
  if (merged.size > WAYS && depth < DEEPEST) {
    const all = [...merged].map(([name, value]) => ({ hash: hashOf(name), name, value }));
    return placedAll(branchOf<V>(NO_WAYS), depth, all);
  }
  const names = [...merged.keys()].sort((a, b) => (a < b ? -1 : 1));
  return leafOf(
    names,
    names.map((name) => merged.get(name) as V),
  );
}

function groupedByWay<V>(
  entries: readonly Entry<V>[],
  depth: number,
): ReadonlyMap<number, Entry<V>[]> {
  const groups = new Map<number, Entry<V>[]>();
  for (const entry of entries) {
    const way = wayOf(entry.hash, depth);
    const group = groups.get(way);
    if (group === undefined) groups.set(way, [entry]);
    else group.push(entry);
  }
  return groups;
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
    const branch = node.branch.slice();
    branch[way] = placed(branch[way] ?? EMPTY_MAP, depth + 1, hash, name, value);
    return branchOf(branch);
  }
  const at = node.leaf.indexOf(name);
  if (at === -1 && node.leaf.length === WAYS && depth < DEEPEST) {
    return placed(split(node, depth), depth, hash, name, value);
  }
  const values = node.values.slice();
  if (at !== -1) {
    values[at] = value;
    return leafOf(node.leaf, values);
  }
  // In the order of names: maps with the same entries are the same data, no matter what came first.
  const after = node.leaf.findIndex((other) => other > name);
  const place = after === -1 ? node.leaf.length : after;
  values.splice(place, 0, value);
  return leafOf(node.leaf.toSpliced(place, 0, name), values);
}

function split<V>(
  { leaf, values }: { readonly leaf: readonly string[]; readonly values: readonly V[] },
  depth: number,
): PersistentMap<V> {
  return leaf.reduce<PersistentMap<V>>(
    (branch, name, i) => placed(branch, depth, hashOf(name), name, values[i] as V),
    branchOf(NO_WAYS),
  );
}

function leafOf<V>(leaf: readonly string[], values: readonly V[]): PersistentMap<V> {
  return Object.freeze({ leaf: Object.freeze(leaf), values: Object.freeze(values) });
}

function branchOf<V>(branch: readonly (PersistentMap<V> | null)[]): PersistentMap<V> {
  return Object.freeze({ branch: Object.freeze(branch) });
}

/** All entries, in no order that says anything. */
export function entriesOf<V>(named: PersistentMap<V>): [name: string, value: V][] {
  const entries: [name: string, value: V][] = [];
  const collect = (node: PersistentMap<V> | null): void => {
    if (node === null) return;
    if ('branch' in node) node.branch.forEach(collect);
    else node.leaf.forEach((name, i) => entries.push([name, node.values[i] as V]));
  };
  collect(named);
  return entries;
}
