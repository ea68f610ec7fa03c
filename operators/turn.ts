import { VirtualTimeScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { VirtualClock } from './virtualClock';

/** How long work that could go on for ever keeps the event loop at a time, in milliseconds. */
export const TURN = 10;

/** True of a scheduler on which time passes by itself, whatever code does. */
export const isReal = (scheduler: SchedulerLike): boolean =>
  !(scheduler instanceof VirtualTimeScheduler || scheduler instanceof VirtualClock);
