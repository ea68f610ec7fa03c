import { dateFormat } from './dateFormat';
import { whatIsImplausible } from './plausibleYears';

/** Dates as whole numbers that begin with the year, by how many digits they have. */
const YEAR_FIRST: Readonly<Record<number, readonly string[]>> = {
  8: ['%Y%m%d'],
  10: ['%Y%m%d%H'],
  12: ['%Y%m%d%H%M'],
  14: ['%Y%m%d%H%M%S'],
  17: ['%Y%m%d%H%M%S%f'],
  20: ['%Y%m%d%H%M%S%f'],
};

/** Others, which a number can pass for by chance. */
const OTHERS: Readonly<Record<number, readonly string[]>> = {
  6: ['%y%m%d'],
  8: ['%d%m%Y', '%m%d%Y'],
  10: ['%y%m%d%H%M'],
  12: ['%y%m%d%H%M%S', '%d%m%Y%H%M', '%m%d%Y%H%M'],
  14: ['%d%m%Y%H%M%S', '%m%d%Y%H%M%S'],
  15: ['%y%m%d%H%M%S%f'],
  17: ['%d%m%Y%H%M%S%f', '%m%d%Y%H%M%S%f'],
};

/** Formats that read nearly all of these whole numbers as plausible dates. */
export function calendarFormats(
  values: readonly string[],
  names: readonly string[],
): { readonly yearFirst: readonly string[]; readonly others: readonly string[] } {
  const digits = values[0]?.length ?? 0;
  const fits = (format: string): boolean => {
    const { parse } = dateFormat(format);
    const read = values.filter((text) => {
      const at = parse(text);
      return !Number.isNaN(at) && whatIsImplausible(at, names) === undefined;
    });
    return read.length > 0 && read.length >= values.length * 0.9;
  };
  return {
    yearFirst: (YEAR_FIRST[digits] ?? []).filter(fits),
    others: (OTHERS[digits] ?? []).filter(fits),
  };
}

/** Counts from other days than 1970-01-01: what a unit is, and where its 1970 lies. */
export const OTHER_EPOCHS = {
  /** Days since 1899-12-30, as spreadsheets and OLE write them. */
  excel: { origin: 25_569, micros: 86_400e6, from: 29_221, to: 73_051 },
  /** Windows FILETIME: 100 ns since 1601. */
  filetime: { origin: 116_444_736e9, micros: 0.1, from: 1.19e17, to: 1.58e17 },
  /** .NET ticks: 100 ns since the year 1. */
  dotnet: { origin: 621_355_968e9, micros: 0.1, from: 6.24e17, to: 6.63e17 },
} as const;

export type OtherEpoch = keyof typeof OTHER_EPOCHS;

/** The count that these numbers are likely to be; undefined where none is. */
export function otherEpochOf(values: readonly number[]): OtherEpoch | undefined {
  const names = Object.keys(OTHER_EPOCHS) as OtherEpoch[];
  return names.find((name) => {
    const { from, to } = OTHER_EPOCHS[name];
    return values.every((value) => value >= from && value < to);
  });
}
