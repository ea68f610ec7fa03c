import { constants, PerformanceObserver } from 'node:perf_hooks';

/** A garbage collection. */
export interface GcPause {
  readonly ms: number;
  /** Of the old generation: these are the long ones. */
  readonly isMajor: boolean;
}

/** An entry as Node gives it, no matter what its types say. */
interface Collection {
  readonly duration: number;
  readonly detail?: unknown;
}

const isMajor = (detail: unknown): boolean =>
  (detail as { readonly kind?: number } | undefined)?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;

/** Calls `onPause` with each collection of this thread, the last ones when the returned function is called. */
export function watchGcPauses(onPause: (pause: GcPause) => void): () => void {
  const take = (entries: readonly Collection[]): void => {
    for (const { duration, detail } of entries) onPause({ ms: duration, isMajor: isMajor(detail) });
  };
  const observer = new PerformanceObserver((list) => {
    take(list.getEntries());
  });
  observer.observe({ entryTypes: ['gc'] });
  return () => {
    take(observer.takeRecords());
    observer.disconnect();
  };
}
