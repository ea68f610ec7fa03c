import { watchGcPauses } from '../gcPauses';
import type { GcPause } from '../gcPauses';

/** Garbage collections while service times were measured: they lie within them, as they would live. */
export interface Pauses {
  readonly count: number;
  readonly totalMs: number;
  readonly maxMs: number;
  /** Those of the old generation, which are the long ones. */
  readonly major: { readonly count: number; readonly totalMs: number };
  /** Real time that was observed. */
  readonly observedMs: number;
}

/** Observes until the returned function is called, which says what there was. */
export function watchPauses(): () => Pauses {
  const began = performance.now();
  const pauses: GcPause[] = [];
  const stop = watchGcPauses((pause) => pauses.push(pause));
  return () => {
    stop();
    const major = pauses.filter(({ isMajor }) => isMajor);
    const total = (of: typeof pauses): number => of.reduce((sum, { ms }) => sum + ms, 0);
    return {
      count: pauses.length,
      totalMs: total(pauses),
      maxMs: pauses.reduce((most, { ms }) => Math.max(most, ms), 0),
      major: { count: major.length, totalMs: total(major) },
      observedMs: performance.now() - began,
    };
  };
}
