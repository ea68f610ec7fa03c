import type { VirtualClock } from '../../operators';

/** What the stages of one simulation share. */
export interface SimulationState {
  readonly clock: VirtualClock;
  /** The clock's time, in milliseconds. */
  now: number;
  /** The gates hold until their consumer is ready. */
  isGated: boolean;
  /** The clock releases items. */
  isClockDriven: boolean;
  /** Nothing counts as due before that. */
  dueFloor: number;
  /** Nobody wants anything any more. */
  isOver: boolean;
}

export const newState = (clock: VirtualClock, dueFloor: number): SimulationState => ({
  clock,
  now: NaN,
  isGated: false,
  isClockDriven: false,
  dueFloor,
  isOver: false,
});
