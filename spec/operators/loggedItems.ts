/** An iterable that keeps a log of what is asked of it. */
export function loggedItems(
  items: readonly number[],
  log: string[],
  name: string,
): Iterable<number> {
  return {
    [Symbol.iterator]() {
      let at = 0;
      return {
        next() {
          const value = items[at];
          at += 1;
          log.push(`${name} ${value ?? 'end'}`);
          return value === undefined ? { done: true, value } : { done: false, value };
        },
        return() {
          log.push(`${name} returned`);
          return { done: true, value: undefined };
        },
      };
    },
  };
}
