import type { Micros } from '../bars/bar';

/** One reading of the wall clock beside the monotonic clock, which all threads share. */
export interface ReceiveClockAnchor {
  readonly micros: Micros;
  /** Nanoseconds of `process.hrtime`. */
  readonly at: bigint;
}

export const receiveClockAnchor = (): ReceiveClockAnchor => ({
  micros: Math.floor((performance.timeOrigin + performance.now()) * 1_000),
  at: process.hrtime.bigint(),
});

/**
 * Epoch microseconds that never go back: the wall clock as it was read once, and from then on the monotonic
 * clock. Clocks with the same anchor show the same time, in every thread.
 */
export const receiveClock =
  ({ micros, at }: ReceiveClockAnchor): (() => Micros) =>
  () =>
    micros + Math.floor(Number(process.hrtime.bigint() - at) / 1_000);
