import { VirtualTimeScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { VirtualClock } from './virtualClock';

/** Where time stands still while code runs, it is after so many items that the event loop is thought of. */
export const SELDOM = 64;

/** How long work that could go on for ever keeps the event loop at a time, in milliseconds. */
const TURN = 10;

/** True of a scheduler on which time passes by itself, whatever code does. */
export const isReal = (scheduler: SchedulerLike): boolean =>
  !(scheduler instanceof VirtualTimeScheduler || scheduler instanceof VirtualClock);

/** A stretch of work that could go on for ever: tells when the event loop is to have its turn. */
export class Turn {
  private began = performance.now();
  private asked = 0;

  /** @param seldom It looks at the time once in so many times that it is asked: a power of two. */
  constructor(private readonly seldom: number) {}

  get isOver(): boolean {
    const looks = (this.asked & (this.seldom - 1)) === 0;
    this.asked += 1;
    return looks && performance.now() - this.began >= TURN;
  }

  begin(): void {
    this.began = performance.now();
  }

  /** Begins anew when the event loop has had its turn. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(() => {
        this.begin();
        resolve();
      });
    });
  }
}
