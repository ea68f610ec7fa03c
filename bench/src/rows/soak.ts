import type { Row } from '../frame/table';
import { checkConservation, growthOf, MEMORY } from '../threads/concludeSoak';
import { soakRun } from '../threads/soakRun';

/** Market seconds per second. */
export const SPEED = 5;
const SMOKE_SPEED = 12;

/** A run for a long time; its size is seconds of market time. Fails where a total is not exact. */
export const soakRow: Row = {
  name: 'soak',
  title: 'three threads',
  compared: false,
  prepare:
    ({ size, checking }) =>
    async () => {
      const { samples, conservation, report, others } = await soakRun(
        1_000 * size,
        checking ? SMOKE_SPEED : SPEED,
      );
      checkConservation(conservation);
      const memory = MEMORY.flatMap((kind): [string, number][] => {
        const { mean, growth } = growthOf(samples, kind);
        return [
          [kind, mean],
          [`${kind}Growth`, growth],
        ];
      });
      const [first, second] = Object.values(report.edges).map(({ behindShare }) => behindShare);
      return {
        items: Number(report.bars.ticks),
        figures: { ...Object.fromEntries(memory), first: first ?? 0, second: second ?? 0, others },
      };
    },
};
