import { formats } from './formats';
import { SourceError } from './sourceError';

/** Refuses the name of a format that there is not. */
export function checkFormatName(name: string | undefined): void {
  if (name === undefined || formats.some((format) => format.name === name)) return;
  throw new SourceError(
    'SOURCE_BAD_OPTION',
    '--format',
    `there is no format "${name}"`,
    `There are ${formats.map((format) => format.name).join(', ')}.`,
  );
}

export const notOfFormat = (path: string, format: string, found: string): SourceError =>
  new SourceError(
    'SOURCE_OTHER_FORMAT',
    path,
    `does not look like ${format}: it has ${found}`,
    'Omit --format to have the format recognized, or compare the file with the list of barometer formats.',
  );
