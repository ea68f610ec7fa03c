import { trend } from '../work/trend';
import type { Expected, MemorySample } from './soakRun';

export const MEMORY = ['rss', 'heap', 'external', 'processor', 'analysis'] as const;

export type Memory = (typeof MEMORY)[number];

/** Share of the run after which its memory should have come to rest. */
const WARM_UP = 0.3;
/** Growth from there to the end, as a share of the mean, that is still none: garbage comes at its own times. */
const FLAT = 0.05;

/** Of one kind of memory after the warm-up. */
export interface Growth {
  /** MB. */
  readonly mean: number;
  /** From the warm-up to the end, as a share of the mean. */
  readonly growth: number;
}

export function growthOf(samples: readonly MemorySample[], kind: Memory): Growth {
  const warm = samples.slice(Math.floor(WARM_UP * samples.length));
  const { mean, growth } = trend(warm.map((sample) => ({ x: sample.atS, y: sample[kind] })));
  return { mean, growth };
}

/** Whether each kind of memory stayed as it was, in lines. */
export const concludeSoak = (growths: Readonly<Record<Memory, Growth>>): string[] =>
  MEMORY.map((kind) => {
    const { mean, growth } = growths[kind];
    const percent = `${growth < 0 ? '' : '+'}${(100 * growth).toFixed(1)} %`;
    const verdict = growth <= FLAT ? 'flat' : '**grows**';
    return `${kind}: ${mean.toFixed(1)} MB, ${percent} after a warm-up of ${100 * WARM_UP} %: ${verdict} (at most ${100 * FLAT} %)`;
  });

/** Throws which totals are not those that were counted beforehand. */
export function checkConservation(totals: readonly Expected[]): void {
  const wrong = totals.filter(({ expected, found }) => found !== expected);
  if (wrong.length === 0) return;
  const named = wrong.map(({ what, expected, found }) => `${what}: ${found} of ${expected}`);
  throw new Error(`items were lost or doubled: ${named.join('; ')}`);
}
