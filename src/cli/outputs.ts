import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Observable } from 'rxjs';
import { openBarsFile, openSignalsFile } from '../output';
import type { RowsFile } from '../output';
import type { Run } from '../replay';
import { UsageError } from './usageError';

export interface OutputRequest {
  readonly outBars: string | undefined;
  readonly outSignals: string | undefined;
}

/** The files that a run writes while it goes on. */
export interface Outputs {
  /** Before the run starts. */
  readonly follow: (run: Run) => void;
  /** Gives the files their names; throws what went wrong while they were written. */
  readonly commit: () => Promise<void>;
  /** Removes what was not committed. */
  readonly discard: () => void;
}

/**
 * Opens the files that were asked for; throws an `OutputError` or a `UsageError` where one of them
 * cannot be written, or would take the place of an input or of another.
 */
export function openOutputs(
  { outBars, outSignals }: OutputRequest,
  inputs: readonly string[],
): Outputs {
  refuseOverlap([outBars, outSignals], inputs);
  const bars = outBars === undefined ? undefined : openBarsFile(outBars);
  const files: RowsFile<never>[] = bars === undefined ? [] : [bars];
  const discard = (): void => {
    for (const file of files) file.discard();
  };
  let signals: ReturnType<typeof openSignalsFile> | undefined;
  try {
    signals = outSignals === undefined ? undefined : openSignalsFile(outSignals);
  } catch (error) {
    discard();
    throw error;
  }
  if (signals !== undefined) files.push(signals);
  let failure: unknown;

  const record = <T>(rows$: Observable<T>, file: RowsFile<T> | undefined, run: Run): void => {
    if (file === undefined) return;
    rows$.subscribe({
      next: (row) => {
        if (failure !== undefined) return;
        try {
          file.write(row);
        } catch (error) {
          failure = error;
          run.stop();
        }
      },
      // The run's own end says it.
      error: () => undefined,
    });
  };

  return {
    follow(run) {
      record(run.bars$, bars, run);
      record(run.signals$, signals, run);
    },
    async commit() {
      if (failure !== undefined) throw failure as Error;
      for (const file of files) await file.commit();
    },
    discard,
  };
}

export function refuseOverlap(
  outputs: readonly (string | undefined)[],
  inputs: readonly string[],
): void {
  const place = (path: string): string => (existsSync(path) ? realpathSync(path) : resolve(path));
  const taken = new Map(inputs.map((path) => [place(path), 'is read by this run']));
  for (const path of outputs) {
    if (path === undefined) continue;
    const why = taken.get(place(path));
    if (why !== undefined) throw new UsageError(`${path}: ${why}. Write to another file.`);
    taken.set(place(path), 'is written by this run already');
  }
}
