import type { Observable } from 'rxjs';
import { openBarsFile, openSignalsFile } from '../output';
import type { CsvOptions, RowsFile, TimeFormat } from '../output';
import type { Bar, Signal } from '../../streams';
import type { Run } from '../replay';
import { checkDistinct } from './distinctPaths';

interface OutputRequest {
  readonly outBars: string | undefined;
  readonly outSignals: string | undefined;
  /** Guards texts that a spreadsheet would run as formulas. */
  readonly csvSafe: boolean;
  readonly timeFormat: TimeFormat;
}

/** The files that a run writes while it goes on. */
interface Outputs {
  /** Before the run starts. */
  readonly follow: (run: Run) => void;
  /**
   * Gives the files their names; throws what went wrong while they were written. Resolves what there
   * is to say: which older files an incomplete run has left alone.
   */
  readonly commit: (isComplete: boolean) => Promise<readonly string[]>;
  /** Removes what was not committed. */
  readonly discard: () => void;
}

/**
 * Opens the files that were requested; throws an `OutputError` or a `UsageError` where one of them
 * cannot be written, or would take the place of an input or of another.
 */
export function openOutputs(
  { outBars, outSignals, csvSafe, timeFormat }: OutputRequest,
  taken: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
  isLive = false,
): Outputs {
  checkDistinct({ inputs: taken.inputs, outputs: [...taken.outputs, outBars, outSignals] });
  const files: { readonly file: RowsFile<never>; readonly path: string }[] = [];
  const discard = (): void => {
    for (const { file } of files) file.discard();
  };
  const opened = <T>(
    open: (path: string, options: CsvOptions) => RowsFile<T>,
    path: string | undefined,
  ) => {
    if (path === undefined) return undefined;
    const file = open(path, { csvSafe, timeFormat });
    files.push({ file, path });
    return file;
  };
  let bars: RowsFile<Bar> | undefined;
  let signals: RowsFile<Signal> | undefined;
  try {
    bars = opened((path, options) => openBarsFile(path, { ...options, isLive }), outBars);
    signals = opened(openSignalsFile, outSignals);
  } catch (error) {
    discard();
    throw error;
  }
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
    async commit(isComplete) {
      if (failure !== undefined) throw failure as Error;
      const remarks: string[] = [];
      for (const { file, path } of files) {
        const written = await file.commit({ isComplete });
        if (written === path) continue;
        remarks.push(`${path} is the older file; this run, which was stopped, wrote ${written}`);
      }
      return remarks;
    },
    discard,
  };
}
