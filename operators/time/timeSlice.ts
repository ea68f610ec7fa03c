import { VirtualTimeScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { onNextTurn } from './nextTurn';
import { VirtualClock } from './virtualClock';

/** Where time stands still while code runs, it is after this many items that the event loop is thought of. */
export const CHECK_EVERY = 64;

/** How long work that could go on for ever keeps the event loop at a time, in milliseconds. */
const SLICE_MS = 10;

/** True of a scheduler on which time passes on its own, no matter what code does. */
export const isRealTime = (scheduler: SchedulerLike): boolean =>
  !(scheduler instanceof VirtualTimeScheduler || scheduler instanceof VirtualClock);

/** A stretch of work that could go on for ever: tells when the event loop is to have its turn. */
export class TimeSlice {
  private began = performance.now();
  private asked = 0;

  /** @param seldom It looks at the time once in this many times that it is asked: a power of two. */
  constructor(private readonly seldom: number) {}

  get isOver(): boolean {
    const looks = (this.asked & (this.seldom - 1)) === 0;
    this.asked += 1;
    return looks && performance.now() - this.began >= SLICE_MS;
  }

  begin(): void {
    this.began = performance.now();
  }

  /** Begins anew when the event loop has had its turn. */
  yieldToEventLoop(): Promise<void> {
    return new Promise((resolve) => {
      onNextTurn(() => {
        this.begin();
        resolve();
      });
    });
  }
}
