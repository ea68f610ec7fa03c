import type { SchedulerLike } from 'rxjs';

/** At `at` milliseconds the items' time is `time`, and passes at `speed`. */
interface Reading {
  readonly time: number;
  readonly at: number;
  readonly speed: number;
}

/**
 * The clock that items go by: their own time, which passes at its own speed, beside the
 * scheduler's. Where the speed has changed it is made of pieces, so that what is overdue keeps the time
 * at which it was due.
 */
export class EventTimeClock {
  /** The one that the next item goes by comes first; those behind it begin later. */
  private readonly readings: Reading[] = [];
  /** Milliseconds of the items' time a millisecond. */
  speed = 1;

  constructor(private readonly scheduler: SchedulerLike) {}

  get isSet(): boolean {
    return this.readings.length > 0;
  }

  /** It is set to `time`, from now on. */
  set(time: number): void {
    this.clear();
    this.continueFrom(time);
  }

  clear(): void {
    this.readings.length = 0;
  }

  /** From now on it goes on from `time`, for the items behind it. */
  continueFrom(time: number): void {
    this.readings.push({ time, at: this.scheduler.now(), speed: this.speed });
  }

  /** The items' time now; undefined where it is not set. */
  now(): number | undefined {
    const latest = this.readings[this.readings.length - 1];
    return latest && latest.time + (this.scheduler.now() - latest.at) * latest.speed;
  }

  /** When `time` is reached, in milliseconds of the scheduler's; called with times that never fall, of a clock that is set. */
  dueAt(time: number): number {
    const { readings } = this;
    while (readings.length > 1 && (readings[1] as Reading).time <= time) readings.shift();
    const reading = readings[0] as Reading;
    return time > reading.time ? reading.at + (time - reading.time) / reading.speed : reading.at;
  }
}
