import type { FileOptions } from '../fileOptions';
import { SourceError } from '../sourceError';
import { calendarFormats, otherEpochOf } from './calendarNumbers';
import { hasTimeOfDay } from './dateFormat';
import { datesAlike } from './datesAlike';
import type { LayoutTime } from './layoutTime';
import {
  formatLayout,
  otherEpochLayout,
  pairLayout,
  splitStamp,
  stampLayout,
  unitPerRow,
} from './layoutTime';
import { shownTime, whatIsImplausible } from './plausibleYears';
import type { TimeColumn, TimeUnit } from './timeColumn';
import { isEpochColumn, microsOf, timeColumnOf, unitOf } from './timeColumn';
import { commandWith, dateInDoubt, implausible, timeInDoubt } from './timeInDoubt';
import type { EpochColumn, TimeSample } from './timeInDoubt';
import { timesOfDay } from './timeOfDay';
import type { TimeOfDay } from './timeOfDay';

type TimeOptions = Pick<FileOptions, 'dateFormat' | 'unit'>;

/** Says how the times of a file are written; throws a `SourceError` where that is unknown or in doubt. */
export function recognizeTime(sample: TimeSample, options: TimeOptions): TimeColumn | LayoutTime {
  const times = filled(sample.times);
  const { unit, dateFormat: format } = options;
  if (unit === 'per-row') return unitPerRow;
  if (unit === 'excel' || unit === 'filetime' || unit === 'dotnet') return otherEpochLayout(unit);
  if (unit !== undefined) {
    const isWhole = times.every((value) => /^[-+]?\d+$/.test(value));
    return { written: isWhole ? 'integer' : 'decimal', unit, isStated: true };
  }
  if (format !== undefined) return statedFormat(sample, format);
  if (sample.dates !== undefined) return pairTime({ ...sample, dates: sample.dates });
  const column = timeColumnOf(times);
  if (column !== undefined && !isEpochColumn(column)) return column;
  if (times.length > 0 && most(times, NUMBER)) return numberTime(sample, times, column);
  return textTime(sample, times);
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

const filled = (values: readonly string[]): string[] =>
  values.map((value) => value.trim()).filter((value) => value !== '');

const most = (values: readonly string[], kind: RegExp): boolean =>
  values.filter((value) => kind.test(value)).length * 2 > values.length;

function statedFormat(sample: TimeSample, format: string): LayoutTime {
  const first = [sample.dates?.[0], sample.times[0]].filter((text) => text !== undefined).join(' ');
  const layout = statedLayout(sample, format);
  const stamps = sample.times.map((time, row) => stampOf(sample.dates?.[row], time));
  const { parse } = layout.parser();
  const readable = stamps.filter((stamp) => !Number.isNaN(parse(stamp))).length;
  if (readable > 0) return layout;
  // A format of the date alone, of a column that holds the time of day as well.
  const split = stampLayout(format, 'clock');
  const parser = split.parser();
  if (stamps.some((stamp) => !Number.isNaN(parser.parse(stamp)))) return split;
  throw new SourceError(
    'SOURCE_UNKNOWN_TIME',
    sample.file,
    `no time of its first rows fits the format ${format}; the first is "${first}"`,
    'Correct --date-format, or leave it out.',
  );
}

/** Numbers as times of day may lack their leading zeros, which a format does not. */
const DIGITS: Readonly<Record<string, TimeOfDay>> = {
  '%H%M': 'HHMM',
  '%H%M%S': 'HHMMSS',
  '%H%M%S%f': 'HHMMSS and a fraction',
};

function statedLayout(sample: TimeSample, format: string): LayoutTime {
  if (sample.dates === undefined) return formatLayout(format);
  const [, date = '', time = ''] = /^(.*)\s(\S+)$/.exec(format) ?? [];
  const digits = DIGITS[time];
  if (digits !== undefined) return pairLayout(date, digits);
  return hasTimeOfDay(format) ? formatLayout(format) : pairLayout(format, onlyTimeOfDay(sample));
}

const stampOf = (date: string | undefined, time: string): string =>
  (date === undefined ? time : `${date.trim()} ${time.trim()}`).trim();

function onlyTimeOfDay({ file, times }: TimeSample) {
  const found = timesOfDay(times);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const shown = filled(times)[0] ?? '';
  if (only === undefined) {
    throw new SourceError(
      'SOURCE_UNKNOWN_TIME',
      file,
      `the times of day look like "${shown}", which is nothing that can be read`,
      'Say how date and time are written, for instance --date-format "%Y%m%d %H%M%S".',
    );
  }
  throw new SourceError(
    'SOURCE_UNKNOWN_TIME',
    file,
    `the times of day look like "${shown}", which may be ${found.join(' or ')}`,
    'Say how date and time are written together, for instance --date-format "%Y%m%d %H%M%S".',
  );
}

function pairTime(sample: TimeSample & { readonly dates: readonly string[] }) {
  const { file, times, dates } = sample;
  const stamps = times.map((time, row) => stampOf(dates[row], time));
  // A time that says its date needs no other.
  const whole = timeColumnOf(filled(times));
  if (whole !== undefined && !isEpochColumn(whole)) return { ...whole, isAlone: true };
  if (whole !== undefined && isEpochColumn(whole) && isEpochAlone(sample, whole)) {
    return { ...whole, isAlone: true };
  }
  const column = areUneven(filled(times)) ? undefined : timeColumnOf(stamps);
  if (column !== undefined && !isEpochColumn(column)) return column;
  const found = datesAlike(filled(dates));
  if (found.format === undefined) throw dateInDoubt(sample, filled(dates), found.candidates);
  const known = timesOfDay(times);
  if (known.length === 1 && known[0] !== undefined) return pairLayout(found.format, known[0]);
  throw timeInDoubt(file, stampOf(dates[0], times[0] ?? ''), found.format, known);
}

/** Whether times of day are numbers without their leading zeros. */
const areUneven = (times: readonly string[]): boolean =>
  most(times, /^\d+$/) && !most(times, /^(\d{6}|\d{9})$/)
    ? true
    : most(times, /^\d+$/) && new Set(times.map(({ length }) => length)).size > 1;

/** Whether numbers beside a date are epoch times; throws where they say another date. */
function isEpochAlone(
  sample: TimeSample & { readonly dates: readonly string[] },
  column: EpochColumn,
): boolean {
  const times = filled(sample.times);
  if (whatIsImplausibleOf(sample, times, column) !== undefined) return false;
  const { format } = datesAlike(filled(sample.dates));
  if (format === undefined) return true;
  const at = microsOf(times[0] ?? '', column);
  const date = filled(sample.dates)[0] ?? '';
  const day = stampLayout(format, undefined).parser().parse(date);
  if (Math.abs(at - day) < 2 * 86_400e6) return true;
  throw new SourceError(
    'SOURCE_UNKNOWN_TIME',
    sample.file,
    `the first row has the date ${date} and the time ${times[0] ?? ''}, which is ${shownTime(at)}`,
    'Say which column holds the time: --columns time=….',
  );
}

function textTime(sample: TimeSample, times: readonly string[]): LayoutTime {
  const parts = times.map(splitStamp);
  const dates = parts.map(({ date }) => date);
  const found = datesAlike(dates);
  if (found.format === undefined) {
    // What cannot be split may be a date and a time that stand together.
    throw dateInDoubt(sample, found.candidates.length === 0 ? times : dates, found.candidates);
  }
  const clocks = parts.map(({ time }) => time).filter((time) => time !== '');
  if (clocks.length === 0) return stampLayout(found.format, undefined);
  const known = timesOfDay(clocks);
  if (known.length === 1) return stampLayout(found.format, known[0]);
  throw timeInDoubt(sample.file, times[0] ?? '', found.format, known);
}

/** Numbers: an epoch, or a date without anything between its parts. */
function numberTime(
  sample: TimeSample,
  times: readonly string[],
  column: TimeColumn | undefined,
): TimeColumn | LayoutTime {
  refuseRounded(sample, times);
  const whole = times.filter((value) => /^\d+$/.test(value));
  const { yearFirst, others } =
    whole.length * 2 > times.length ? calendarFormats(whole, sample.names) : NO_FORMATS;
  const epoch = column !== undefined && isEpochColumn(column) ? column : epochColumn(times);
  const wrong = whatIsImplausibleOf(sample, times, epoch);
  const formats = [...yearFirst, ...others];
  const other = otherEpochOf(times.map(Number).filter(Number.isFinite));
  if (formats.length === 0 && other === undefined && wrong === undefined) return epoch;
  const [only] = yearFirst;
  if (wrong !== undefined && only !== undefined && others.length === 0) return formatLayout(only);
  const [shown = ''] = times;
  const ways = formats.map((format) => commandWith(sample.file, `--date-format '${format}'`));
  if (other !== undefined) ways.push(commandWith(sample.file, `--unit ${other}`));
  if (wrong === undefined) ways.unshift(commandWith(sample.file, `--unit ${epoch.unit}`));
  if (ways.length > 0) {
    throw new SourceError(
      'SOURCE_UNKNOWN_TIME',
      sample.file,
      `the times look like "${shown}", which may be a date or a count of another kind`,
      `Say which it is: ${ways.join(', or ')}.`,
    );
  }
  throw implausible(sample, shown, epoch, wrong ?? '');
}

const SCIENTIFIC = /^\d(?:\.(\d*))?[eE]\+?(\d+)$/;

/** 1.70989e+09: what wrote it kept a few digits, and the seconds are gone. */
function refuseRounded({ file }: TimeSample, times: readonly string[]): void {
  const rounded = times.filter((value) => {
    const [, digits, exponent] = SCIENTIFIC.exec(value) ?? [];
    return exponent !== undefined && (digits ?? '').length < Number(exponent);
  });
  const [shown] = rounded;
  if (shown === undefined || rounded.length * 2 <= times.length) return;
  throw new SourceError(
    'SOURCE_UNKNOWN_TIME',
    file,
    `the times look like "${shown}": they were rounded when they were written, and their last digits are gone`,
    `Write the file again with all digits, or read them as they are: ${commandWith(file, '--unit s')}.`,
  );
}

const NO_FORMATS = { yearFirst: [], others: [] };

/** What numbers would be as epoch numbers. */
function epochColumn(times: readonly string[]) {
  const units = times.map((value) => unitOf(Number(value))).toSorted();
  const isWhole = times.every((value) => /^[-+]?\d+$/.test(value));
  const unit = units[units.length >> 1] as TimeUnit;
  return { written: isWhole ? 'integer' : 'decimal', unit } as const;
}

/** Why most of these times cannot be meant. */
function whatIsImplausibleOf(
  { names }: TimeSample,
  times: readonly string[],
  column: EpochColumn,
): string | undefined {
  const own = times.filter((value) => unitOf(Number(value)) === column.unit);
  const wrong = own.map((value) => whatIsImplausible(microsOf(value, column), names));
  const found = wrong.filter((each) => each !== undefined);
  return found.length * 2 > own.length ? found[0] : undefined;
}
