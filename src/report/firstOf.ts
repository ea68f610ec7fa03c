/** The first `count` items as a stable sort would have them: the rest stays unsorted. */
export function firstOf<T>(
  items: Iterable<T>,
  count: number,
  compare: (a: T, b: T) => number,
): readonly T[] {
  const first: T[] = [];
  for (const item of items) {
    const last = first.length === count ? first[count - 1] : undefined;
    if (last !== undefined && compare(item, last) >= 0) continue;
    if (first.length === count) first.pop();
    let at = first.length;
    while (at > 0 && compare(item, first[at - 1] as T) < 0) at -= 1;
    first.splice(at, 0, item);
  }
  return first;
}
