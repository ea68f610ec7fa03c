import type { MetricsState } from './state';

/**
 * How much of its market time a run has released, 0 to 1: what is left of it takes the time that is left,
 * however far the input was read ahead. Undefined before the first release and where the end is not known.
 */
export function marketProgress({ market, run }: MetricsState): number | undefined {
  const { start, time, end } = market;
  if (run.outcome === 'done') return 1;
  if (start === undefined || time === undefined || end === undefined) return undefined;
  return end > start ? Math.min(1, Math.max(0, (time - start) / (end - start))) : 1;
}
