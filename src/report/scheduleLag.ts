import type { MetricsState } from '../metrics';

/** Share of the coordinator's deliveries that left more than one base interval after they were due. */
export function scheduleLagShare({ trailing: { count }, trailed }: MetricsState): number {
  return count === 0n ? 0 : Math.min(1, Number(trailed) / Number(count));
}
