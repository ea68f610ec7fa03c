import { trend } from '../work/trend';
import type { Expected, MemorySample } from './soakRun';

export const MEMORY = ['rss', 'heap', 'external', 'processor', 'analysis'] as const;

export type Memory = (typeof MEMORY)[number];

/** Share of the run that counts as warm-up. */
const WARM_UP = 0.3;
/** Largest growth after the warm-up, as a share of the mean, that counts as flat. */
const FLAT = 0.05;

/** One kind of memory after the warm-up. */
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

/** Lines that state for each kind of memory whether it is flat. */
export const concludeSoak = (growths: Readonly<Record<Memory, Growth>>): string[] =>
  MEMORY.map((kind) => {
    const { mean, growth } = growths[kind];
    const percent = `${growth < 0 ? '' : '+'}${(100 * growth).toFixed(1)} %`;
    const verdict = growth <= FLAT ? 'flat' : '**grows**';
    return `${kind}: ${mean.toFixed(1)} MB, ${percent} after a warm-up of ${100 * WARM_UP} %: ${verdict} (at most ${100 * FLAT} %)`;
  });

/** Throws an error that names each total that differs from the expected one. */
export function checkConservation(totals: readonly Expected[]): void {
  const wrong = totals.filter(({ expected, found }) => found !== expected);
  if (wrong.length === 0) return;
  const named = wrong.map(({ what, expected, found }) => `${what}: ${found} of ${expected}`);
  throw new Error(`items were lost or doubled: ${named.join('; ')}`);
}
