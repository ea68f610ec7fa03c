import { tmpdir } from 'node:os';
import { database } from './duckdb/duckdb';
import { FILE_OPTIONS } from './fileOptions';
import type { FileOptions } from './fileOptions';
import type { FileSource } from './fileSource';
import { expandPaths } from './expandPaths';
import { fileSource } from './fileSource';
import { openFile } from './openFile';
import { spoolMemory } from './order/spoolMemory';
import { SourceError } from './sourceError';
import type { SourceErrorCode } from './sourceError';
import { isPipe, spoolPipe } from './spoolPipe';
import type { TickFile } from './tableReader';
import { zoneClock } from './time/zoneClock';
import { checkOptionNames } from '../../operators/kernel/optionNames';

/**
 * Looks at every file and says how it will be read, one source a file, in the order given. Folders and
 * patterns stand for files, see `expandPaths`; `-` and pipes are spooled to a temporary file.
 *
 * Rejects with a `SourceError` for the first file that cannot be read; nothing is left open then, nor
 * while a source is not being read. What stands deep in a file (a bad row, a missing end) is found
 * when its `batches()` begin, still before their first row.
 */
export async function openFiles(
  paths: readonly string[],
  options: FileOptions = {},
): Promise<FileSource[]> {
  checkOptionNames('openFiles', options, FILE_OPTIONS);
  if (options.zone !== undefined) zoneClock(options.zone);
  const duckdb = database({
    tempDirectory: options.tempDirectory ?? tmpdir(),
    memoryLimit: options.memoryLimit ?? '1GB',
  });
  const files: TickFile[] = [];
  const passed: SourceError[] = [];
  for (const { path, isFound } of expandPaths(paths, options)) {
    try {
      const file = isPipe(path) ? await spoolPipe(path, options.tempDirectory) : path;
      const opened = await openFile(file, options, duckdb);
      files.push(file === path ? opened : { ...opened, name: path });
    } catch (error) {
      // A folder holds other files too; one that is damaged is no other file.
      if (!isFound || !(error instanceof SourceError) || !OTHER_FILES.includes(error.code))
        throw error;
      passed.push(error);
    }
  }
  const [first] = passed;
  if (files.length === 0 && first !== undefined) throw first;
  const memory = spoolMemory(options.spoolBytes);
  const inside = await inSession(files, options);
  return inside.map((file, at) =>
    fileSource(at > 0 || passed.length === 0 ? file : withNotes(file, passed), options, memory),
  );
}

/** What files of a folder are that hold no table. */
const OTHER_FILES: readonly SourceErrorCode[] = [
  'SOURCE_NOT_TABULAR',
  'SOURCE_UNKNOWN_COLUMNS',
  'SOURCE_EMPTY',
  'SOURCE_NO_ROWS',
];

const DAY = 86_400e6;

/** Of several files, those whose times may be in the session, as far as that is known without reading them. */
async function inSession(
  files: readonly TickFile[],
  { from = -Infinity, to = Infinity }: Pick<FileOptions, 'from' | 'to'>,
): Promise<readonly TickFile[]> {
  if (files.length < 2 || (from === -Infinity && to === Infinity)) return files;
  const spans = await Promise.all(files.map(async (file) => file.span?.()));
  const inside = files.filter((_, at) => {
    const span = spans[at];
    // Local days and rows out of place reach into the days beside.
    return span === undefined || (span.to + DAY > from && span.from - DAY < to);
  });
  return inside.length > 0 ? inside : files.slice(0, 1);
}

const withNotes = (file: TickFile, passed: readonly SourceError[]): TickFile => ({
  ...file,
  notes: [
    ...(file.notes ?? []),
    ...passed.map(({ place, found }) => `Passed over: ${place} ${found}.`),
  ],
});
