/** The largest value of a signed 64-bit counter. */
export const MAX_COUNT = 2n ** 63n - 1n;

/** Adds a whole number of occurrences to a 64-bit counter, which stays at its largest value. */
export function plus(counter: bigint, by: number | bigint): bigint {
  const sum = counter + BigInt(by);
  return sum > MAX_COUNT ? MAX_COUNT : sum;
}
