import { merge, Observable, Subject, takeUntil } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { OptionError } from './errors';

export interface PartitionByKeyOptions {
  /** How many partitions there are: a whole number of at least 1. */
  readonly partitions: number;
}

/**
 * Distributes items over a fixed number of partitions by their key, each with its own operator: items
 * of one key stay in order, those of different partitions are worked on at once.
 *
 * ```
 * items      a1-b1-a2-b2--------|
 *            partitionByKey(keyOf, () => serve(work, { serviceTime: 4 }), { partitions: 2 })
 * result     ----A1-B1-A2-B2----|        a and b in different partitions
 * ```
 *
 * - A key always has the same partition (its FNV-1a hash modulo `partitions`), so memory does not grow with
 *   the number of keys. Two keys may share a partition, and then wait for each other.
 * - `make` is called once for each partition of a subscription: a `Readiness` made in it has one consumer.
 * - Outputs leave as the partitions emit them. Completes when all partitions have; fails with the first error
 *   of the source, of a partition or of `keyOf`, and then leaves everything.
 *
 * @example
 * of('a1', 'b1', 'a2')
 *   .pipe(partitionByKey((item) => item[0] ?? '', () => map((item) => item.toUpperCase()), { partitions: 4 }))
 *   .subscribe((item) => console.log(item));
 * // A1
 * // B1
 * // A2
 *
 * @param make Returns the operator of a partition, numbered from 0.
 */
export function partitionByKey<T, R>(
  keyOf: (item: T) => string,
  make: (partition: number) => OperatorFunction<T, R>,
  { partitions }: PartitionByKeyOptions,
): OperatorFunction<T, R> {
  if (!(partitions >= 1) || !Number.isSafeInteger(partitions)) {
    throw new OptionError('partitions', partitions, 'a whole number of at least 1');
  }
  return (source) =>
    new Observable<R>((subscriber) => {
      const inputs = Array.from({ length: partitions }, () => new Subject<T>());
      const left = new Subject<void>();
      subscriber.add(() => {
        left.next();
      });
      merge(...inputs.map((input, partition) => input.pipe(make(partition)))).subscribe(subscriber);
      if (subscriber.closed) return;
      source.pipe(takeUntil(left)).subscribe({
        next: (item) => {
          let partition: number;
          try {
            partition = hash(keyOf(item)) % partitions;
          } catch (error) {
            subscriber.error(error);
            return;
          }
          inputs[partition]?.next(item);
        },
        error: (error: unknown) => {
          for (const input of inputs) input.error(error);
        },
        complete: () => {
          for (const input of inputs) input.complete();
        },
      });
    });
}

/** FNV-1a of the UTF-16 code units, as a whole number of 32 bits. */
function hash(key: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) {
    value = Math.imul(value ^ key.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}
