import type { Micros } from '../../bars/bar';
import { dateFormat } from './dateFormat';

const CUTS = ['/', '.', '-', ' '] as const;

/** Dates that can mean one day only. */
const CLEAR = [
  '%Y-%m-%d',
  '%Y/%m/%d',
  '%Y.%m.%d',
  '%Y%m%d',
  ...CUTS.map((cut) => `%d${cut}%b${cut}%Y`),
  '%b %d, %Y',
  '%b %d %Y',
  '%Y-%b-%d',
];

/** Day first and month first, of which the values may tell. */
const PAIRS = ['/', '.', '-'].map((cut) => [`%d${cut}%m${cut}%Y`, `%m${cut}%d${cut}%Y`] as const);

/** Dates that can mean several: a year of two digits may be a day. */
const UNCLEAR = [
  ...['/', '.', '-'].flatMap((cut) => [
    `%y${cut}%m${cut}%d`,
    `%d${cut}%m${cut}%y`,
    `%m${cut}%d${cut}%y`,
  ]),
  ...CUTS.map((cut) => `%d${cut}%b${cut}%y`),
];

/** How dates are written: a format, several that would do, or none that is known. */
interface DatesAlike {
  readonly format?: string;
  readonly candidates: readonly string[];
}

const readable = (format: string): ((text: string) => boolean) => {
  const { parse } = dateFormat(format);
  return (text) => !Number.isNaN(parse(text) satisfies Micros);
};

/** Most rows say how dates are written; some may be bad. */
export function datesAlike(values: readonly string[]): DatesAlike {
  const fit = (format: string): boolean => {
    const reads = readable(format);
    return values.filter(reads).length * 2 > values.length;
  };
  const clear = CLEAR.find(fit);
  if (clear !== undefined) return { format: clear, candidates: [clear] };
  for (const [dayFirst, monthFirst] of PAIRS) {
    const [asDay, asMonth] = [readable(dayFirst), readable(monthFirst)];
    if (values.filter((text) => asDay(text) || asMonth(text)).length * 2 <= values.length) continue;
    const onlyDay = values.some((text) => asDay(text) && !asMonth(text));
    const onlyMonth = values.some((text) => asMonth(text) && !asDay(text));
    const candidates = [dayFirst, monthFirst];
    if (onlyDay === onlyMonth) return { candidates };
    return { format: onlyDay ? dayFirst : monthFirst, candidates };
  }
  return { candidates: UNCLEAR.filter(fit) };
}
