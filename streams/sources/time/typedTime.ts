import type { Micros } from '../../bars/bar';
import { DAY, parseInterval } from '../../bars/interval';
import type { FileOptions } from '../fileOptions';
import type { FilePlan } from '../filePlan';
import { barTimes } from './barTimes';
import type { BarTimes } from './barTimes';
import { recordedInterval } from './recordedInterval';
import { zoneClock } from './zoneClock';
import type { LayoutTime } from './layoutTime';
import { recognizeTime } from './recognizeTime';
import { isTimeLike, microsOf } from './timeColumn';
import type { TimeColumn } from './timeColumn';

/** The first rows of a file whose columns have types, as text. */
interface TypedSample {
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
  const { unit = plan.unit, dateFormat = plan.dateFormat } = options;
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

/** The windows of the recorded bars in a table; `read` gives the time of a row, as written. */
export function typedBars(
  { file, names, rows }: TypedSample,
  plan: FilePlan,
  options: FileOptions,
  read: (stamp: string, row: number) => Micros,
): BarTimes {
  const { closeTime, date, time, symbol } = plan.columns;
  const stampOf = (row: readonly string[]): string =>
    [date, time]
      .map((at) => (at === undefined ? '' : (row[at] ?? '')))
      .join(' ')
      .trim();
  const zone = options.zone ?? plan.barZone ?? plan.zone;
  const local = plan.zone === undefined ? undefined : zoneClock(plan.zone);
  const times = rows.map((row, at) => {
    const written = read(stampOf(row), at);
    return local === undefined || Number.isNaN(written) ? written : local.toUtc(written);
  });
  // Rows that are passed over tell nothing of the others.
  const { only } = plan;
  const isOwn = (_: unknown, at: number): boolean =>
    only === undefined || rows[at]?.[only.column] === only.value;
  const sample = {
    file,
    names,
    times: times.filter(isOwn),
    ...(symbol !== undefined && { symbols: rows.filter(isOwn).map((row) => row[symbol] ?? '') }),
  };
  const ofFormat =
    plan.interval ??
    (closeTime === undefined
      ? undefined
      : lengthByClose(
          times,
          rows.map((row, at) => read(row[closeTime] ?? '', at)),
        ));
  const known = recordedInterval(sample, options, ofFormat);
  return barTimes(known, options, zone, times);
}

/** A close time is the last unit of time inside its bar; months differ in length. */
function lengthByClose(times: readonly Micros[], closes: readonly Micros[]): Micros | undefined {
  const counts = new Map<Micros, number>();
  for (const [row, time] of times.entries()) {
    // Hundredths of a second, which is more than a unit and less than a bar.
    const length = Math.round(((closes[row] as Micros) - time) / 1e4) * 1e4;
    if (Number.isFinite(length)) counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  const [first] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0]);
  const days = first / DAY;
  const length = days >= 28 && days <= 31 ? parseInterval('1mo').length : first;
  return length > 0 ? length : undefined;
}

/** Times as they are written, exact enough to measure the gaps between bars. */
export function readerOf(time: TimeColumn | LayoutTime): (stamp: string) => Micros {
  if (time.written !== 'layout') {
    return (stamp) => (isTimeLike(stamp, time) ? microsOf(stamp, time) : NaN);
  }
  const parser = time.parser();
  return (stamp) => parser.parse(stamp);
}
