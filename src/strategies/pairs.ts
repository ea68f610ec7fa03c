/** Text that should have been `key=value,…`, and what is wrong with it. */
export class PairsError extends Error {
  override readonly name = 'PairsError';
}

/**
 * `a=1,b=x` as a record. A piece without `=` belongs to the value before it: `symbols=A,B` is one
 * value, `A,B`. Throws a `PairsError`.
 */
export function parsePairs(text: string): Readonly<Record<string, string>> {
  const pairs = new Map<string, string>();
  let key: string | undefined;
  for (const piece of text.split(',')) {
    const at = piece.indexOf('=');
    if (at > 0) {
      key = piece.slice(0, at).trim();
      if (pairs.has(key)) throw new PairsError(`"${key}" is said twice`);
      pairs.set(key, piece.slice(at + 1).trim());
    } else if (key !== undefined && at < 0 && pairs.get(key) !== '') {
      pairs.set(key, `${pairs.get(key) ?? ''},${piece.trim()}`);
    } else {
      throw new PairsError(`"${piece.trim()}" is not written as key=value`);
    }
  }
  for (const [name, value] of pairs) {
    if (value === '') throw new PairsError(`"${name}" has no value`);
  }
  return Object.fromEntries(pairs);
}
