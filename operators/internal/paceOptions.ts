import type { Observable, SchedulerLike } from 'rxjs';
import { OptionError } from '../errors';
import type { Holding } from '../holding';
import type { BufferOptions } from '../kernel/boundedBuffer';
import type { SkippedGaps } from '../kernel/releaseSchedule';
import type { Readiness } from '../readiness';

export interface PaceOptions<T> {
  /** When an item is to be released, in milliseconds of its own time line. Never falls. */
  readonly timeOf: (item: T) => number;
  /** Milliseconds of the items' time a millisecond, any positive number; 1 unless given. */
  readonly speed?: number | Observable<number>;
  readonly scheduler?: SchedulerLike;
  /** Names the buffer in its overflow error. */
  readonly edge?: string;
  /** The items' time at which the clock starts, read with the first item; its own unless given. */
  readonly origin?: (first: T) => number;
  /**
   * The items' time at this moment, where it passes on its own, as that of a live feed does: a pause does
   * not stop it. What was due while nothing could be released is due when it can be again.
   */
  readonly timeNow?: () => number;
  /** While false, items pass at once. True unless given; an Observable that has not emitted means false. */
  readonly active?: boolean | Observable<boolean>;
  /** While true, nothing passes and the clock of the items stands still. False unless given. */
  readonly paused?: boolean | Observable<boolean>;
  /** The next gate's `holding`: while it holds something, nothing more is released. */
  readonly downstream?: Holding;
  /** Kept for the source: busy from when enough items wait here (while not active, one) until none does. */
  readonly demand?: Readiness;
  /** How many items may wait here: a whole number of at least 1, or Infinity; 1,048,576 unless given. */
  readonly capacity?: number;
  /**
   * At one instant, items are released after services of a lower rank end; 1,000 unless given.
   *
   * @internal
   */
  readonly rank?: number;
  /** An error of the source comes after what waits; otherwise at once. */
  readonly delayError?: boolean;
  /**
   * Gaps of the items' time longer than `longest` are passed over, but for the `left` milliseconds before the item
   * behind them; all are waited for unless given.
   */
  readonly skipGaps?: SkippedGaps | undefined;
  /** Called with each item before it is released: when it was due, and when that is. */
  readonly onRelease?: (item: T, due: number, at: number) => void;
}

/** Options of the buffer in which items wait. */
export const bufferOf = <T>({ capacity, edge = 'pace' }: PaceOptions<T>): BufferOptions<T> => ({
  edge,
  ...(capacity === undefined ? {} : { capacity }),
});

export function checkSpeed(speed: number): void {
  if (speed > 0 && speed < Infinity) return;
  throw new OptionError('speed', speed, 'a positive number');
}
