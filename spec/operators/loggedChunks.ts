/** An iterable of chunks whose iterator keeps a log of what is asked of it. */
export const loggedChunks = (chunks: readonly string[][]) => {
  const log: string[] = [];
  const iterable: Iterable<readonly string[]> = {
    [Symbol.iterator]() {
      let at = 0;
      log.push('open');
      return {
        next() {
          log.push('next');
          const value = chunks[at];
          at += 1;
          return value === undefined ? { done: true, value } : { done: false, value };
        },
        return() {
          log.push('return');
          return { done: true, value: undefined };
        },
      };
    },
  };
  return { log, iterable };
};
