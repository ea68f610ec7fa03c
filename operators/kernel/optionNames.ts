import { OptionError } from '../errors';

/** Every option of an interface once; the compiler refuses a missing and a surplus name. */
export type OptionNames<T> = Readonly<Record<keyof Required<T>, true>>;

/**
 * Throws an `OptionError` for an option that does not exist, with the nearest name that does.
 *
 * @param what the function that takes the options, as users write it
 */
export function checkOptionNames<T extends object>(
  what: string,
  options: T,
  names: OptionNames<T>,
): void {
  if (typeof options !== 'object' || (options as T | null) === null) {
    throw new OptionError(`options of ${what}`, options, 'an object');
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(names, name)) continue;
    const known = Object.keys(names);
    const nearest = nearestName(name, known);
    const advice =
      nearest === undefined ? `it has ${known.join(', ')}` : `did you mean ${nearest}?`;
    const found: unknown = (options as Readonly<Record<string, unknown>>)[name];
    throw new OptionError(name, found, `${what}; ${advice}`, 'OPTION_UNKNOWN');
  }
}

/** The most similar name, if the two differ in at most a third of their letters; case does not count. */
export function nearestName(name: string, among: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Infinity;
  for (const other of among) {
    const distance = editDistance(name.toLowerCase(), other.toLowerCase());
    if (distance < least && distance * 3 <= Math.max(name.length, other.length, 3)) {
      nearest = other;
      least = distance;
    }
  }
  return nearest;
}

/** Insertions, deletions, substitutions and swaps of neighbors that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (isSame ? 0 : 1),
      );
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) cost = Math.min(cost, (beforeLast[j - 2] as number) + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] as number;
}
