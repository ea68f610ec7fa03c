import type { SchedulerLike } from 'rxjs';
import { EventTimeClock } from '../time/eventTimeClock';

/** Gaps of the items' time that the clock passes over. All times are milliseconds of the items' time. */
export interface SkippedGaps {
  /** Gaps that are longer are passed over. */
  readonly longest: number;
  /** What is left of such a gap before the item behind it. */
  readonly left: number;
  /** Called with the stretch of time that is passed over. */
  readonly onSkip?: ((from: number, to: number) => void) | undefined;
}

/**
 * When a coordinator's items are due, while its mode, its speed and its pauses change. `pace` and the
 * simulation release by it. All times are in milliseconds: `time` of the items, the others of the scheduler.
 */
export class ReleaseSchedule {
  private readonly clock: EventTimeClock;
  /** Time of the item that was released last; NaN before it: a field that may be undefined would box every time. */
  private lastTime = NaN;
  /** The items' time at which a pause began, or to which the clock was set meanwhile. */
  private pausedAt: number | undefined;
  /** Time of the item behind the last gap that was passed over. */
  private skippedTo = -Infinity;

  /** @param timeNow the items' time, where it passes on its own */
  constructor(
    scheduler: SchedulerLike,
    speed = 1,
    private readonly gaps?: SkippedGaps,
    private readonly timeNow?: () => number,
  ) {
    this.clock = new EventTimeClock(scheduler);
    this.clock.speed = speed;
    if (timeNow !== undefined) this.clock.set(timeNow());
  }

  /** When an item of that time is due. Times never fall. `origin` is where the clock starts, asked before the first release. */
  dueAt(time: number, origin?: () => number): number {
    const { clock } = this;
    if (!clock.isSet) {
      const isFirst = this.lastTime !== this.lastTime;
      clock.set(isFirst && origin !== undefined ? origin() : time);
    }
    if (this.gaps !== undefined && time > this.skippedTo) this.skip(time, this.gaps);
    return clock.dueAt(time);
  }

  /** After a gap the clock stands shortly before the next item, as if the time between had passed. */
  private skip(time: number, { longest, left, onSkip }: SkippedGaps): void {
    const { clock, lastTime } = this;
    if (!(time - lastTime > longest) || this.pausedAt !== undefined) return;
    this.skippedTo = time;
    const now = clock.now() ?? lastTime;
    if (!(time - left > now)) return;
    clock.continueFrom(time - left);
    onSkip?.(now, time - left);
  }

  release(time: number): void {
    this.lastTime = time;
  }

  /**
   * The clock takes over, or leaves the releases to something else. It is set to the earliest item that
   * was not handed over: the last one released, if a gate still holds it, else the next.
   */
  setActive(isActive: boolean, isHeld: boolean): void {
    if (this.timeNow !== undefined) {
      this.clock.set(this.timeNow());
      return;
    }
    const stands = isActive && isHeld && this.lastTime === this.lastTime;
    this.pausedAt = stands ? this.lastTime : undefined;
    if (this.pausedAt === undefined) this.clock.clear();
    else this.clock.set(this.pausedAt);
  }

  /** The end of a pause continues from the time at which it began. */
  setPaused(isPaused: boolean): void {
    if (this.timeNow !== undefined) {
      if (!isPaused) this.clock.set(this.timeNow());
      return;
    }
    if (isPaused) this.pausedAt = this.clock.now();
    else if (this.pausedAt !== undefined) this.clock.continueFrom(this.pausedAt);
  }

  /** Another speed continues from the present time. */
  setSpeed(speed: number, isPaused: boolean): void {
    const reached = isPaused ? undefined : this.clock.now();
    this.clock.speed = speed;
    if (reached !== undefined) this.clock.continueFrom(reached);
  }
}
