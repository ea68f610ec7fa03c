import { openFiles } from '../../streams';
import type { FileOptions, Micros } from '../../streams';

/** What tasks are cut out of. */
export interface Survey {
  /** In alphabetical order. */
  readonly symbols: readonly string[];
  /** Times of the first and of the last row; undefined where there is none. */
  readonly first: Micros | undefined;
  readonly last: Micros | undefined;
}

/** Reads the files once from end to end. */
export async function surveyOf(files: readonly string[], options: FileOptions): Promise<Survey> {
  const symbols = new Set<string>();
  const { from = -Infinity, to = Infinity } = options;
  let first: Micros | undefined;
  let last: Micros | undefined;
  for (const source of await openFiles(files, options)) {
    for await (const batch of source.batches()) {
      for (let row = 0; row < batch.length; row += 1) {
        const time = batch.time[row] as number;
        if (time < from || time >= to) continue;
        symbols.add(batch.symbols[batch.symbol[row] as number] as string);
        if (first === undefined || time < first) first = time;
        if (last === undefined || time > last) last = time;
      }
    }
  }
  return { symbols: [...symbols].sort(), first, last };
}
