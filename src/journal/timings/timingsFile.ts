import { rmSync } from 'node:fs';
import type { RunConfiguration } from '../../../streams/events';
import type { AppendFile } from '../appendFile';
import { Appender } from '../appender';
import type { AppenderOptions } from '../appender';
import { unwritable } from '../newJournalFile';
import type { TimingRecorder } from './timingRecorder';

interface TimingsFile {
  readonly path: string;
  open(configuration: RunConfiguration): void;
  close(): Promise<void>;
}

/** Where a recorder's blocks go. It belongs to the journal that was just made, as did its predecessor. */
export function createTimingsFile(
  path: string,
  recorder: TimingRecorder,
  options: AppenderOptions & { readonly create: (path: string) => AppendFile },
): TimingsFile {
  let appender: Appender;
  try {
    rmSync(path, { force: true });
    appender = new Appender(options.create(path), options);
  } catch (error) {
    throw unwritable(path, error);
  }
  return {
    path,
    open({ id, strategies, bars, derive }) {
      recorder.open({ run: id, strategies, intervals: [bars, ...derive] }, (bytes, rows) => {
        appender.push(bytes, rows);
      });
    },
    async close() {
      recorder.flush();
      await appender.close();
    },
  };
}
