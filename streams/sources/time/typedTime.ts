import type { FileOptions } from '../fileOptions';
import type { FilePlan } from '../filePlan';
import { SourceError } from '../sourceError';
import type { LayoutTime } from './layoutTime';
import { recognizeTime } from './recognizeTime';
import type { TimeColumn } from './timeColumn';

/** The first rows of a file whose columns have types, as text. */
export interface TypedSample {
  readonly file: string;
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How the times of a file with typed columns are written, where their type does not say it. */
export function untypedTime(
  { file, names: fileNames, rows }: TypedSample,
  plan: FilePlan,
  options: Pick<FileOptions, 'unit' | 'dateFormat'>,
): TimeColumn | LayoutTime {
  const column = (at: number): string[] => rows.map((row) => row[at] ?? '');
  const { date, time } = plan.columns;
  const { unit = plan.unit, dateFormat } = options;
  return recognizeTime(
    {
      file,
      // Vendors' formats say what their times are; of others, the file's name may tell the year.
      names: plan.format === 'named' ? fileNames : [],
      times: column(time),
      ...(date !== undefined && { dates: column(date) }),
    },
    { ...(unit !== undefined && { unit }), ...(dateFormat !== undefined && { dateFormat }) },
  );
}

/** A layout that no scan of typed columns reads. */
export const untypedLayout = (file: string, { evidence }: LayoutTime): SourceError =>
  new SourceError(
    'unsupported',
    file,
    `its times are no timestamps (${evidence})`,
    'Write them as timestamps, or convert the file to CSV.',
  );
