import { readFileSync } from 'node:fs';

/** Of the calling thread: nanoseconds on a processor, nanoseconds waiting for one, turns. */
const STATISTICS = '/proc/thread-self/schedstat';

/** Items between two readings. */
const EVERY = 32;

/** How long a thread has waited for a processor, in milliseconds: a cell that another thread reads. */
export const waitCell = (): SharedArrayBuffer => new SharedArrayBuffer(8);

export const waitedMs = (cell: SharedArrayBuffer): number => new Float64Array(cell)[0] as number;

/**
 * Updates the cell when called with each item; NaN where the system does not report it.
 * Waits before the first call, during the start of the thread, do not count.
 */
export function watchRunQueue(memory: SharedArrayBuffer): () => void {
  const cell = new Float64Array(memory);
  let first: number | undefined;
  let items = 0;
  return () => {
    items += 1;
    if (items % EVERY !== 1) return;
    first ??= waitedSoFar();
    cell[0] = waitedSoFar() - first;
  };
}

function waitedSoFar(): number {
  try {
    return Number(readFileSync(STATISTICS, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return NaN;
  }
}
