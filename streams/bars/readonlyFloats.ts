/**
 * Numbers of a column, to be read only. What stands behind it is a `Float64Array` on memory that is
 * shared: with the series that goes on growing, with every other view, and with other threads. What
 * comes of `slice`, `map` and `filter`, or of `Float64Array.from`, is a copy, and the reader's own.
 */
export interface ReadonlyFloats extends Iterable<number> {
  readonly length: number;
  readonly [index: number]: number;
  /** Counts from the end where `index` is negative. */
  at(index: number): number | undefined;
  /** Shares the memory. */
  subarray(begin?: number, end?: number): ReadonlyFloats;
  /** A copy. */
  slice(begin?: number, end?: number): Float64Array;
  map(of: (value: number, index: number, all: ReadonlyFloats) => number): Float64Array;
  filter(keeps: (value: number, index: number, all: ReadonlyFloats) => unknown): Float64Array;
  reduce<A>(by: (result: A, value: number, index: number) => A, initial: A): A;
  reduceRight<A>(by: (result: A, value: number, index: number) => A, initial: A): A;
  forEach(visit: (value: number, index: number, all: ReadonlyFloats) => void): void;
  every(is: (value: number, index: number, all: ReadonlyFloats) => unknown): boolean;
  some(is: (value: number, index: number, all: ReadonlyFloats) => unknown): boolean;
  find(is: (value: number, index: number, all: ReadonlyFloats) => boolean): number | undefined;
  findIndex(is: (value: number, index: number, all: ReadonlyFloats) => boolean): number;
  includes(value: number, from?: number): boolean;
  indexOf(value: number, from?: number): number;
  lastIndexOf(value: number, from?: number): number;
  join(separator?: string): string;
  keys(): IterableIterator<number>;
  values(): IterableIterator<number>;
  entries(): IterableIterator<[index: number, value: number]>;
}
