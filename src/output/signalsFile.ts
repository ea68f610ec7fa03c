import type { Signal } from '../../streams';
import { csvLine, fieldFor, timeFor } from './csv';
import type { CsvOptions } from './csv';
import { openOutputFile } from './outputFile';
import { OutputError } from './outputError';
import type { RowsFile } from './rowsFile';

const COLUMNS = ['time', 'strategy', 'symbol', 'interval', 'side', 'strength', 'note'] as const;

/** Signals as CSV, times in epoch microseconds unless `timeFormat` says otherwise. Throws an `OutputError`. */
export function openSignalsFile(path: string, options: CsvOptions = {}): RowsFile<Signal> {
  const field = fieldFor(options);
  const time = timeFor(options);
  if (!/\.csv$/i.test(path)) {
    const found = 'signals are written as CSV, and the name does not say so';
    throw new OutputError(path, true, found, 'Let it end in .csv.');
  }
  const file = openOutputFile(path);
  file.write(csvLine(COLUMNS));
  return {
    write: (signal) => {
      file.write(
        csvLine(
          COLUMNS.map((column) => (column === 'time' ? time(signal.time) : signal[column])),
          field,
        ),
      );
    },
    commit: (options) => Promise.resolve(file.commit(options)),
    discard: file.discard,
  };
}
