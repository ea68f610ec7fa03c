import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { filter, take } from 'rxjs';
import { createTempFolder, removeTempFolder } from '../../streams/sources/order/tempFolder';
import { readTimings, TimingRecorder } from '../journal';
import type { Timings } from '../journal';
import type { Run } from '../replay';

/** What each item of a run cost, kept outside of the heap until the run is over. */
export interface CollectedTimings {
  /** The run's `itemMeter`. */
  readonly recorder: TimingRecorder;
  /** Before the run is started. */
  follow(run: Run): void;
  /** After it has ended. */
  read(): Timings;
  discard(): void;
}

export function collectTimings(): CollectedTimings {
  const recorder = new TimingRecorder();
  const folder = createTempFolder();
  const path = join(folder, 'run.timings');
  const fd = openSync(path, 'wx');
  let open = true;
  const close = (): void => {
    if (open) closeSync(fd);
    open = false;
  };
  return {
    recorder,
    follow({ events$ }) {
      events$
        .pipe(
          filter((event) => event.type === 'started'),
          take(1),
        )
        .subscribe({
          next: ({ configuration: { id, strategies, bars, derive } }) => {
            const head = { run: id, strategies, intervals: [bars, ...derive] };
            recorder.open(head, (bytes) => {
              for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
            });
          },
          // `done` rejects with it.
          error: () => undefined,
        });
    },
    read() {
      recorder.flush();
      close();
      return readTimings(path);
    },
    discard() {
      close();
      removeTempFolder(folder);
    },
  };
}
