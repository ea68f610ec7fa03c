/** The system wakes a thread about this many milliseconds later than it was asked to. */
const WAKING = 0.1;

const cell = new Int32Array(new SharedArrayBuffer(4));

/**
 * Lets the thread sleep until shortly before this many milliseconds have passed: its processor is free
 * for another thread. Its event loop stands still meanwhile, so this is for waits that are too short
 * for a timer.
 */
export function park(ms: number): void {
  if (ms > WAKING) Atomics.wait(cell, 0, 0, ms - WAKING);
}
