import type { ResultRow } from '../cluster';
import { csvLine } from './csv';
import type { RowsFile } from './rowsFile';
import { openTableFile } from './tableFile';

/** The table of a sweep, a row for each task. A speed that has no limit is empty. */
export const openResultsFile = (path: string): RowsFile<ResultRow> =>
  openTableFile<ResultRow>(path, {
    what: 'results',
    columns: {
      task: 'VARCHAR',
      part: 'VARCHAR',
      strategies: 'VARCHAR',
      sustainable_speed: 'DOUBLE',
      stable_speed: 'DOUBLE',
      behind_share: 'DOUBLE',
      grade: 'VARCHAR',
      signals: 'UBIGINT',
      errors: 'UBIGINT',
    },
    lineOf: (row, field) =>
      csvLine(
        [
          row.task,
          row.part,
          row.strategies.join(' '),
          row.sustainableSpeed ?? '',
          row.stableSpeed ?? '',
          row.behindShare,
          row.grade,
          row.signals,
          row.errors,
        ],
        field,
      ),
  });
