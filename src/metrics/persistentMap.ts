/**
 * A persistent map by name: a hash trie. A change copies (and freezes) the few small arrays on the way
 * to one entry, so it costs about the same with five entries and with a hundred thousand. Plain data,
 * as the whole state is.
 */
export type PersistentMap<V> =
  /** Names in order, and their values at the same places. */
  | { readonly leaf: readonly string[]; readonly values: readonly V[] }
  | { readonly branch: readonly (PersistentMap<V> | null)[] };

type Leaf<V> = Extract<PersistentMap<V>, { readonly leaf: unknown }>;

/** A leaf with more entries becomes a branch: few names in each of many leaves would cost more than they. */
const LEAF = 32;
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
  const names = [...values.keys()];
  const hashes = Int32Array.from(names, hashOf);
  const order = Int32Array.from(names, (_, i) => i);
  const many = { names, values: [...values.values()], hashes, order };
  return placedAll(named, 0, many, 0, names.length);
}

/** New values in columns. Recursion sorts `order`, their places, by the ways to them: an object for each would cost more than the map. */
interface Many<V> {
  readonly names: readonly string[];
  readonly values: readonly V[];
  readonly hashes: Int32Array;
  readonly order: Int32Array;
}

/** Places those values that `order` has from `begin` to `end`. */
function placedAll<V>(
  node: PersistentMap<V>,
  depth: number,
  many: Many<V>,
  begin: number,
  end: number,
): PersistentMap<V> {
  if ('leaf' in node) {
    const leaf =
      depth < DEEPEST && end - begin > LEAF ? undefined : mergedLeaf(node, many, begin, end);
    if (leaf !== undefined && (leaf.leaf.length <= LEAF || depth >= DEEPEST)) return leaf;
    return placedAll(split(node, depth), depth, many, begin, end);
  }
  const branch = node.branch.slice();
  const ends = sortByWay(many, depth, begin, end);
  for (let way = 0, from = begin; way < WAYS; way += 1) {
    const to = ends[way] as number;
    if (to > from) branch[way] = placedAll(branch[way] ?? EMPTY_MAP, depth + 1, many, from, to);
    from = to;
  }
  return branchOf(branch);
}

/** Sorts a part of `order` by the way of this depth; returns where each way ends. */
function sortByWay<V>(
  { hashes, order }: Many<V>,
  depth: number,
  begin: number,
  end: number,
): Int32Array {
  const next = new Int32Array(WAYS);
  for (let i = begin; i < end; i += 1) {
    const way = wayOf(hashes[order[i] as number] as number, depth);
    next[way] = (next[way] as number) + 1;
  }
  for (let way = 0, at = begin; way < WAYS; way += 1) {
    const count = next[way] as number;
    next[way] = at;
    at += count;
  }
  for (const place of order.slice(begin, end)) {
    const way = wayOf(hashes[place] as number, depth);
    const at = next[way] as number;
    order[at] = place;
    next[way] = at + 1;
  }
  return next;
}

/** A leaf with values that are new or replace others. */
function mergedLeaf<V>(node: Leaf<V>, many: Many<V>, begin: number, end: number): Leaf<V> {
  const { leaf, values } = node;
  const merged = values.slice();
  const added: number[] = [];
  const placeIn = placesIn(leaf);
  for (let i = begin; i < end; i += 1) {
    const place = many.order[i] as number;
    const at = placeIn(many.names[place] as string);
    if (at === -1) added.push(place);
    else merged[at] = many.values[place] as V;
  }
  if (added.length === 0) return leafOf(leaf, merged);
  const names = [...leaf, ...added.map((place) => many.names[place] as string)];
  for (const place of added) merged.push(many.values[place] as V);
  const order = names
    .map((_, i) => i)
    .sort((a, b) => ((names[a] as string) < (names[b] as string) ? -1 : 1));
  return leafOf(
    order.map((i) => names[i] as string),
    order.map((i) => merged[i] as V),
  );
}

/** Where a name stands in a leaf; -1 where it does not. Only names that share all bits of the hash make a large one. */
function placesIn(leaf: readonly string[]): (name: string) => number {
  if (leaf.length <= LEAF) return (name) => leaf.indexOf(name);
  const places = new Map(leaf.map((name, i) => [name, i]));
  return (name) => places.get(name) ?? -1;
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
  if (at === -1 && node.leaf.length >= LEAF && depth < DEEPEST) {
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

function split<V>({ leaf, values }: Leaf<V>, depth: number): PersistentMap<V> {
  return leaf.reduce<PersistentMap<V>>(
    (branch, name, i) => placed(branch, depth, hashOf(name), name, values[i] as V),
    branchOf(NO_WAYS),
  );
}

function leafOf<V>(leaf: readonly string[], values: readonly V[]): Leaf<V> {
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

/** All names, in no order that says anything. */
export function namesOf(named: PersistentMap<unknown>): string[] {
  if ('branch' in named)
    return named.branch.flatMap((node) => (node === null ? [] : namesOf(node)));
  return [...named.leaf];
}
