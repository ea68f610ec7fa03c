import { constants, PerformanceObserver } from 'node:perf_hooks';

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

/** An entry as Node gives it, whatever its types say. */
interface Collection {
  readonly duration: number;
  readonly detail?: unknown;
}

const isMajor = (detail: unknown): boolean =>
  (detail as { readonly kind?: number } | undefined)?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;

/** Observes until the returned function is called, which says what there was. */
export function watchPauses(): () => Pauses {
  const began = performance.now();
  const pauses: { readonly ms: number; readonly major: boolean }[] = [];
  const take = (entries: readonly Collection[]): void => {
    for (const { duration, detail } of entries) {
      pauses.push({ ms: duration, major: isMajor(detail) });
    }
  };
  const observer = new PerformanceObserver((list) => {
    take(list.getEntries());
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => {
    take(observer.takeRecords());
    observer.disconnect();
    const major = pauses.filter((pause) => pause.major);
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
