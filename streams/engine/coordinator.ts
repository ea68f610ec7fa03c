import { defer } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { pace, Readiness } from '../../operators';
import type { ReadinessLike } from '../../operators';
import { ChunkReader } from '../../operators/kernel/chunkReader';
import { pullFrom } from '../../operators/pull';
import { iteratorOf } from '../../operators/kernel/iteratorOf';
import type { Micros } from '../bars/bar';
import type { Feed } from '../bars/feed';
import { timeOf } from '../bars/item';
import type { Item } from '../bars/item';

export interface CoordinatorOptions {
  /** Market seconds per second. */
  readonly speed?: number | Observable<number>;
  /** True while the clock releases items, false while readiness does. */
  readonly clockDriven?: boolean | Observable<boolean>;
  readonly paused?: boolean | Observable<boolean>;
  /** Whether the next gate holds anything: nothing more is released then. */
  readonly downstream?: ReadinessLike & Observable<boolean>;
  readonly scheduler?: SchedulerLike;
  /** Called with each item before it is released. */
  readonly onRelease?: (item: Item, due: number, at: number) => void;
  /** Called when a chunk was read and built: real milliseconds, and items in it. */
  readonly onPull?: (took: number, items: number) => void;
  /**
   * Where another one has left off: what it was reading, and the market time of what it released last.
   *
   * @internal
   */
  readonly leftOff?: { readonly chunks: ChunkReader<Item>; readonly time: Micros } | undefined;
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
  const { clockDriven = true, onRelease: released, scheduler, onPull: pulled, leftOff } = options;
  return defer(() => {
    const room = new Readiness();
    const open = (): ChunkReader<Item> =>
      leftOff?.chunks ?? new ChunkReader(iteratorOf(feed.chunks()), pulled);
    const pulling = { readiness: room, ...(scheduler === undefined ? {} : { scheduler }) };
    return pullFrom(open, pulling).pipe(
      pace<Item>({
        ...options,
        after: leftOff && leftOff.time / 1_000,
        active: clockDriven,
        demand: room,
        timeOf: (item) => timeOf(item) / 1_000,
        origin: () => feed.origin / 1_000,
        onRelease: (item, due, at) => {
          item.due = due;
          item.offered = due;
          released?.(item, due, at);
        },
      }),
    );
  });
}
