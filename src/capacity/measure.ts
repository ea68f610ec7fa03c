import { filter, take } from 'rxjs';
import type { Micros, PipelineOptions, RowSource } from '../../streams';
import { threadWaits, waitShare, waitsSince } from '../../streams/threads/threadWaits';
import type { Timings } from '../journal';
import { replay } from '../replay';
import type { Run } from '../replay';
import { collectTimings } from './collectTimings';
import { watchPauses } from './pauses';
import type { Pauses } from './pauses';

/** What one replay took, item by item. */
export interface Measured {
  readonly timings: Timings;
  /** Market time at which a run's clock would start. */
  readonly origin: Micros;
  readonly pauses: Pauses;
  /** Time for which the thread waited for a core, over that and its running time; null where it is unknown. */
  readonly runQueueShare: number | null;
}

/**
 * Replays sources once, as fast as it goes and data-driven, so that nothing piles up: what an item
 * costs does not depend on when it is due. One thread does everything; a stage's service time is
 * its own work, never that of the stage behind it.
 *
 * @param started Is given the run, which can be stopped: what was measured until then counts.
 */
export async function measure(
  sources: RowSource | readonly RowSource[],
  options: Omit<PipelineOptions, 'mode' | 'time' | 'speed' | 'timings' | 'itemMeter' | 'threads'>,
  started: (run: Run) => void = () => undefined,
): Promise<Measured> {
  const collected = collectTimings();
  try {
    const run = replay(sources, {
      ...options,
      mode: 'data',
      time: 'simulated',
      itemMeter: collected.recorder,
      recordTimings: false,
    });
    collected.follow(run);
    let firstRow: Micros | undefined;
    run.events$
      .pipe(
        filter((event) => event.type === 'ingested'),
        filter(({ marketStart }) => marketStart !== undefined),
        take(1),
      )
      .subscribe({
        next: ({ marketStart }) => {
          firstRow = marketStart;
        },
        // `done` rejects with it.
        error: () => undefined,
      });
    started(run);
    const stop = watchPauses();
    const before = threadWaits();
    await run.start().done.finally(() => {
      run.stop();
    });
    // What was collected at last is reported in its own task.
    await new Promise(setImmediate);
    const pauses = stop();
    const runQueueShare = waitShare([waitsSince(before)]);
    const timings = collected.read();
    const origin = options.from ?? firstRow ?? timings.items.time[0] ?? 0;
    return { timings, origin, pauses, runQueueShare };
  } finally {
    collected.discard();
  }
}
