export type Pullable<T> = Iterable<T> | AsyncIterable<T>;

/** An iterator whose results come at once or later. */
export interface PullIterator<T> {
  next(): IteratorResult<T> | PromiseLike<IteratorResult<T>>;
  return?(): unknown;
}

/** An iterator over an iterable of either kind. */
export function iteratorOf<T>(source: Pullable<T>): PullIterator<T> {
  return Symbol.asyncIterator in source
    ? source[Symbol.asyncIterator]()
    : source[Symbol.iterator]();
}

/** True of what comes later. */
export function isPromiseLike<T extends object>(
  result: T | PromiseLike<T>,
): result is PromiseLike<T> {
  return 'then' in result;
}

/** Returns an iterator without waiting for it, and without a word if that fails later. */
export function closeIterator(iterator: PullIterator<unknown>): void {
  const returned = iterator.return?.();
  if (returned instanceof Promise) returned.then(undefined, () => undefined);
}
