import type { Observable, Observer, SchedulerLike } from 'rxjs';
import { Holding } from '../../operators';
import type { EventBatch, EdgeEvent, ReadinessLike } from '../../operators';
import type { PullStopwatches } from '../../operators/kernel/chunkReader';
import type { Feed } from '../bars/feed';
import type { Item } from '../bars/item';
import type { EdgeName } from '../events';
import type { Controls } from './controls';
import { coordinator } from './coordinator';
import type { CoordinatorOptions } from './coordinator';
import type { CoordinatorMeter } from './coordinatorMeter';
import { gate } from './edge';

interface GatedCoordinatorOptions {
  readonly feed: Feed;
  readonly controls: Controls;
  readonly meter: CoordinatorMeter;
  /** The first edge, and where its counts go. */
  readonly edge: EdgeName;
  readonly counted: {
    readonly events: Partial<Observer<EdgeEvent>>;
    readonly batch: EventBatch;
    readonly scheduler: SchedulerLike;
  };
  /** The first consumer's, wherever it runs. */
  readonly readiness: ReadinessLike & Observable<unknown>;
  /** Called with each item before it is released. */
  readonly onRelease: (item: Item, due: number, at: number) => void;
  readonly skipGaps?: CoordinatorOptions['skipGaps'];
  /** Called when a chunk was read and built: milliseconds of work. */
  readonly onPull: (took: number) => void;
  /** What measures them. */
  readonly stopwatches: PullStopwatches;
  /** An error of the feed comes after what was read before; otherwise at once. */
  readonly delayError?: boolean;
}

/** The coordinator with the gate behind it, as every engine of operators begins. */
export function gatedCoordinator(options: GatedCoordinatorOptions): Observable<Item> {
  const { feed, controls, meter, edge, counted, readiness, onRelease, onPull, stopwatches } =
    options;
  const { delayError = false } = options;
  const { scheduler } = counted;
  const holding = new Holding();
  return coordinator(feed, {
    speed: controls.speed$,
    clockDriven: controls.clockDriven$,
    paused: controls.paused$,
    downstream: holding,
    delayError,
    skipGaps: options.skipGaps,
    scheduler,
    onRelease,
    onPull,
    stopwatches,
  }).pipe(
    gate({
      ...counted,
      edge,
      readiness,
      active: controls.gated$,
      paused: controls.paused$,
      delayError,
      holding: {
        next: (holds) => {
          meter.setHolding(holds, scheduler.now());
          holding.next(holds);
        },
      },
      // It was for the gate to let it go, and it is due only now.
      onRelease: (item, at) => {
        item.due = at;
      },
    }),
  );
}
