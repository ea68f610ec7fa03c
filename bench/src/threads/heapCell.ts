import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collects the calling thread's garbage, and says how many bytes are left. */
export function liveHeap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return getHeapStatistics().used_heap_size;
}

const OF = { asked: 0, bytes: 1 } as const;

/** Where a thread answers another one how much of its heap is live. */
export function heapCell(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(16);
  new Float64Array(memory)[OF.bytes] = NaN;
  return memory;
}

/** The last answer in bytes, NaN where there is none yet; asks again. */
export function askHeap(memory: SharedArrayBuffer): number {
  const last = new Float64Array(memory)[OF.bytes] as number;
  Atomics.store(new Int32Array(memory), OF.asked, 1);
  return last;
}

/** For a stage's thread, to be called with every item: answers when it was asked. */
export function answerHeap(memory: SharedArrayBuffer): () => void {
  const asked = new Int32Array(memory);
  const cell = new Float64Array(memory);
  return () => {
    if (Atomics.load(asked, OF.asked) === 0) return;
    cell[OF.bytes] = liveHeap();
    Atomics.store(asked, OF.asked, 0);
  };
}
