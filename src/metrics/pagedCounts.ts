/**
 * Numbers in pages, so that a change copies (and freezes) a few small pages and the list of pages
 * instead of everything.
 */
export type PagedCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const NO_PAGES: PagedCounts = Object.freeze({});

/** V8 keeps integer-like keys in slow elements: nothing is stored under its bare number. */
const stored = (key: number): string => `_${String(key)}`;

/** A copy with many numbers added at once; every page that is touched is copied once. */
export function withSums(
  paged: PagedCounts,
  sums: Iterable<readonly [page: number, key: number, by: number]>,
): PagedCounts {
  const copies = new Map<string, Record<string, number>>();
  for (const [page, key, by] of sums) {
    const name = stored(page);
    let copy = copies.get(name);
    if (copy === undefined) {
      copy = { ...paged[name] };
      copies.set(name, copy);
    }
    const cell = stored(key);
    copy[cell] = (copy[cell] ?? 0) + by;
  }
  if (copies.size === 0) return paged;
  const pages: Record<string, Readonly<Record<string, number>>> = { ...paged };
  for (const [name, copy] of copies) pages[name] = Object.freeze(copy);
  return Object.freeze(pages);
}

/** All entries, in the order of the pages' first appearance. */
export function entriesOf(paged: PagedCounts): [key: number, value: number][] {
  return Object.values(paged).flatMap((page) =>
    Object.entries(page).map(([key, value]): [number, number] => [Number(key.slice(1)), value]),
  );
}
