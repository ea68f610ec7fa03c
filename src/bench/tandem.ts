import { isAfter } from '../../operators/kernel/station';
import type { RowBatch, RowSource } from '../../streams';

/** When the rows of a source are due at speed 1, in milliseconds; it has them at once. */
export function dueTimes(source: RowSource): readonly number[] {
  const batches = [...(source.batches() as Iterable<RowBatch>)];
  return batches.flatMap(({ time, length }) =>
    Array.from(time.subarray(0, length), (micros) => micros / 1_000),
  );
}

/** Shares of items that find each of two servers, one behind the other, not ready, by the one rule of judgement. */
export function tandem(
  due: readonly number[],
  services: { readonly processor: readonly number[]; readonly analysis: readonly number[] },
): readonly [number, number] {
  const { processor, analysis } = services;
  let free = [-Infinity, -Infinity] as [number, number];
  const notReady = [0, 0] as [number, number];
  due.forEach((offered, index) => {
    if (isAfter(free[0], offered)) notReady[0] += 1;
    const passedOn = Math.max(free[0], offered) + (processor[index] ?? 0);
    if (isAfter(free[1], passedOn)) notReady[1] += 1;
    free = [passedOn, Math.max(free[1], passedOn) + (analysis[index] ?? 0)];
  });
  return [notReady[0] / due.length, notReady[1] / due.length];
}
