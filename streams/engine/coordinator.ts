import { defer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { pace, Readiness } from '../../operators';
import type { Holding, PaceOptions } from '../../operators';
import { ChunkReader } from '../../operators/kernel/chunkReader';
import type { PullStopwatches } from '../../operators/kernel/chunkReader';
import { pullFrom } from '../../operators/pull';
import type { Feed } from '../bars/feed';
import type { Item } from '../bars/item';

export interface CoordinatorOptions {
  /** Market seconds per second. */
  readonly speed?: number | Observable<number>;
  /** True while the clock releases items, false while readiness does. */
  readonly clockDriven?: boolean | Observable<boolean>;
  readonly paused?: boolean | Observable<boolean>;
  /** Whether the next gate holds anything: nothing more is released then. */
  readonly downstream?: Holding;
  readonly scheduler?: SchedulerLike;
  /** Called with each item before it is released. */
  readonly onRelease?: (item: Item, due: number, at: number) => void;
  /** An error of the feed comes after what was read before; otherwise at once. */
  readonly delayError?: boolean;
  /** Gaps between items that the clock passes over, in milliseconds of market time. */
  readonly skipGaps?: PaceOptions<Item>['skipGaps'];
  /** Called when a chunk was read and built: milliseconds, and items in it. */
  readonly onPull?: (took: number, items: number) => void;
  /** What measures that; real time unless given. */
  readonly stopwatches?: PullStopwatches;
}

/**
 * The coordinator stage: reads a feed, and releases its bars at their ends.
 *
 * ```
 * market time   0  1  2  3  4
 * ticks         a  bc    d  |
 *               coordinator(feed, { speed: 1 })
 * bars          ---A--B-----D     bars of length 1, each at its end
 * ```
 */
export function coordinator(feed: Feed, options: CoordinatorOptions = {}): Observable<Item> {
  const { clockDriven = true, stopwatches, ...pacing } = options;
  const { onRelease, scheduler, onPull } = options;
  const now = feed.live?.now;
  return defer(() => {
    const demand = new Readiness();
    const open = (): ChunkReader<Item> => new ChunkReader(feed.read(), onPull, stopwatches);
    const pulling = { readiness: demand, ...(scheduler === undefined ? {} : { scheduler }) };
    return pullFrom(open, pulling).pipe(
      pace<Item>({
        ...pacing,
        active: clockDriven,
        demand,
        timeOf: ({ market }) => market / 1_000,
        origin: () => feed.origin / 1_000,
        ...(now === undefined ? {} : { timeNow: () => now() / 1_000 }),
        onRelease: (item, due, at) => {
          item.due = due;
          item.offered = due;
          onRelease?.(item, due, at);
        },
      }),
    );
  });
}
