import { ServerRule } from '../../../operators/kernel/station';
import type { RowBatch, RowSource } from '../../../streams';

/** Due times of a source's rows at speed 1, in milliseconds; all rows are available at once. */
export function dueTimes(source: RowSource): readonly number[] {
  const batches = [...(source.batches() as Iterable<RowBatch>)];
  return batches.flatMap(({ time, length }) =>
    Array.from(time.subarray(0, length), (micros) => micros / 1_000),
  );
}

/** Shares of items that find each of two servers in series not ready. */
export function notReadyShares(
  due: readonly number[],
  services: { readonly processor: readonly number[]; readonly analysis: readonly number[] },
): readonly [number, number] {
  const [first, second] = [new ServerRule(), new ServerRule()];
  const notReady = [0, 0] as [number, number];
  due.forEach((offered, index) => {
    if (!first.isReadyAt(offered)) notReady[0] += 1;
    const passedOn = first.serve(offered, services.processor[index] ?? 0);
    if (!second.isReadyAt(passedOn)) notReady[1] += 1;
    second.serve(passedOn, services.analysis[index] ?? 0);
  });
  return [notReady[0] / due.length, notReady[1] / due.length];
}
