import { shellQuoted } from '../shellQuoted';
import { SourceError } from '../sourceError';
import { splitStamp } from './layoutTime';
import { shownTime } from './plausibleYears';
import { microsOf } from './timeColumn';
import type { TimeColumn, TimeUnit } from './timeColumn';

/** The first times of a file, as they are written. */
export interface TimeSample {
  /** The file as it was given. */
  readonly file: string;
  /** Base names, which may state a year. */
  readonly names: readonly string[];
  /** The column with the date, where the time of day has its own. */
  readonly dates?: readonly string[];
  readonly times: readonly string[];
}

export type EpochColumn = Extract<TimeColumn, { readonly unit: TimeUnit }>;

const HOUR_FORMATS: Readonly<Record<string, string>> = {
  HHMM: '%H%M',
  HHMMSS: '%H%M%S',
  'HHMMSS and a fraction': '%H%M%S%f',
  clock: '%H:%M:%S',
};

export function timeInDoubt(
  file: string,
  stamp: string,
  date: string,
  known: readonly string[],
): SourceError {
  const ways = known.flatMap((kind) => HOUR_FORMATS[kind] ?? []);
  const commands = ways.map((way) => commandWith(file, `--date-format '${date} ${way}'`));
  return new SourceError(
    known.length === 0 ? 'SOURCE_UNKNOWN_TIME' : 'SOURCE_UNKNOWN_TIME',
    file,
    known.length === 0
      ? `date and time look like "${stamp}", which is nothing that can be read`
      : `date and time look like "${stamp}": the time may be ${known.join(' or ')}`,
    commands.length === 0
      ? "Say how they are written, for instance --date-format '%Y%m%d %H%M%S'."
      : `Say which it is: ${commands.join(', or ')}.`,
  );
}

/** A command that can be copied into a shell. */
export const commandWith = (file: string, options: string): string =>
  `barometer inspect ${shellQuoted(file)} ${options}`;

const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/^%d.(%m|%b)/, 'day first'],
  [/^%m./, 'month first'],
  [/^%y./, 'year first'],
];

export function dateInDoubt(
  { file, times, dates }: TimeSample,
  values: readonly string[],
  candidates: readonly string[],
): SourceError {
  const [shown = ''] = values;
  if (candidates.length === 0) {
    return new SourceError(
      'SOURCE_UNKNOWN_TIME',
      file,
      `the times look like "${shown}", which is nothing that can be read`,
      'Readable are seconds, milli-, micro- or nanoseconds since 1970, ISO 8601 such as ' +
        "2024-08-08T23:54:15.342Z, and any layout that is stated: --date-format '%d %b %Y %H:%M:%S'. " +
        'Another column may hold the time: --columns time=….',
    );
  }
  const clock = dates === undefined ? clockFormat(splitStamp(times[0] ?? '').time) : '';
  const ways = candidates.map((format) => {
    const meaning = MEANINGS.find(([pattern]) => pattern.test(format))?.[1];
    const command = commandWith(file, `--date-format '${format}${clock}'`);
    return meaning === undefined ? command : `${command} (${meaning})`;
  });
  return new SourceError(
    'SOURCE_UNKNOWN_TIME',
    file,
    candidates.length === 1
      ? `the dates look like "${shown}", and nothing says which part is the year`
      : `the dates look like "${shown}", and no row tells day, month and year apart`,
    `Say which it is: ${ways.join(', or ')}.`,
  );
}

function clockFormat(time: string): string {
  if (time === '') return '';
  const half = /[ap]\.?m/i.test(time);
  const fields = time.split(':').length;
  const fraction = /[.,]\d+/.test(time) ? '.%f' : '';
  return ` ${half ? '%I' : '%H'}:%M${fields > 2 ? ':%S' : ''}${fraction}${half ? ' %p' : ''}`;
}

const UNIT_NAMES: Readonly<Record<TimeUnit, string>> = {
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
};

export function implausible(
  sample: TimeSample,
  shown: string,
  column: EpochColumn,
  wrong: string,
): SourceError {
  const at = shownTime(microsOf(shown, column));
  return new SourceError(
    'SOURCE_IMPLAUSIBLE_TIME',
    sample.file,
    `the times look like "${shown}"; as ${UNIT_NAMES[column.unit]} since 1970 that is ${at}, and ${wrong}`,
    'If that is right, say the unit (--unit s, ms, us or ns); if not, say how the times are written ' +
      '(--date-format), or which column holds them (--columns time=…, and date=… where the date has its own column).',
  );
}
