/** What to do when the event loop runs dry: nothing is left that could settle these promises. */
const waiting = new Set<() => void>();

const onDry = (): void => {
  for (const giveUp of [...waiting]) giveUp();
};

/** The longest delay that a timer takes. */
const LONGEST = 2 ** 31 - 1;

/**
 * Waits for a promise. Rejects with what `failure` returns where it does not settle within this many
 * milliseconds, or cannot settle any more because the event loop has nothing left to do.
 *
 * @param failure takes what is the matter, as the rest of a sentence after the stage's name
 */
export function settleInTime<T>(
  answer: PromiseLike<T>,
  ms: number,
  failure: (found: string) => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const close = (): void => {
      clearTimeout(timer);
      waiting.delete(giveUp);
      if (waiting.size === 0) process.off('beforeExit', onDry);
    };
    const fail = (found: string): void => {
      close();
      reject(failure(found));
    };
    const giveUp = (): void => {
      fail('hangs: it waits for a promise that nothing is left to settle');
    };
    const timer =
      ms <= LONGEST
        ? setTimeout(() => {
            fail(`hangs: not done with it in ${ms} ms`);
          }, ms).unref()
        : undefined;
    if (waiting.size === 0) process.on('beforeExit', onDry);
    waiting.add(giveUp);
    answer.then(
      (value) => {
        close();
        resolve(value);
      },
      (error: unknown) => {
        close();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a strategy may reject with anything
        reject(error);
      },
    );
  });
}
