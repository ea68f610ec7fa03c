import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collects garbage in the calling thread and returns the live heap in bytes. */
export function liveHeap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return getHeapStatistics().used_heap_size;
}

const OF = { asked: 0, bytes: 1 } as const;

/** A shared cell in which a thread reports its live heap to another thread. */
export function heapCell(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(16);
  new Float64Array(memory)[OF.bytes] = NaN;
  return memory;
}

/** Returns the last reported size in bytes, NaN before the first report, and requests a new one. */
export function askHeap(memory: SharedArrayBuffer): number {
  const last = new Float64Array(memory)[OF.bytes] as number;
  Atomics.store(new Int32Array(memory), OF.asked, 1);
  return last;
}

/** Called by a stage's thread with each item; reports when requested. */
export function answerHeap(memory: SharedArrayBuffer): () => void {
  const asked = new Int32Array(memory);
  const cell = new Float64Array(memory);
  return () => {
    if (Atomics.load(asked, OF.asked) === 0) return;
    cell[OF.bytes] = liveHeap();
    Atomics.store(asked, OF.asked, 0);
  };
}
