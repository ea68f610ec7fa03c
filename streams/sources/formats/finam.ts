import { DAY, parseInterval } from '../../bars/interval';
import type { Role } from '../fileOptions';
import type { ColumnFormat, FormatLayout, Probe } from './format';
import { hasNames, positions } from './shape';

const BARS = ['<OPEN>', '<HIGH>', '<LOW>', '<CLOSE>'] as const;

/** What a column <PER> says; nothing for ticks, and for what is no length. */
export function periodOf({ header = [], rows }: Probe): Pick<FormatLayout, 'interval'> {
  const period = rows[0]?.[header.indexOf('<PER>')]?.trim().toUpperCase() ?? '';
  const length = /^\d{1,4}$/.test(period)
    ? Number(period) * 60e6
    : { D: DAY, W: 7 * DAY, M: parseInterval('1mo').length }[period];
  return length === undefined || length === 0 ? {} : { interval: length };
}

/** Columns in angle brackets: date and time in two, or the date alone. */
export function bracketColumns(
  probe: Probe,
  names: Readonly<Partial<Record<Role, string>>>,
): FormatLayout['columns'] {
  const { date, time, ...columns } = positions<Role>(probe, {
    symbol: '<TICKER>',
    date: '<DATE>',
    time: '<TIME>',
    ...names,
  });
  if (date === undefined) return columns;
  return time === undefined || isMidnight(probe, time)
    ? { ...columns, time: date }
    : { ...columns, date, time };
}

/** Bars of a day have a time of day that says nothing. */
const isMidnight = ({ rows }: Probe, at: number): boolean =>
  rows.every((row) => /^0+$/.test(row[at]?.trim() ?? ''));

export const finam: ColumnFormat = {
  name: 'finam',
  title: 'Finam exports, ticks and bars',
  clock: 'Moscow as a rule, which the file does not say: UTC, unless --zone Europe/Moscow says it',
  traps: [
    'Columns in angle brackets; dates and times are whole numbers, or as the export was set.',
    'Whether bars are stamped with their starts or ends was set in the export: --bar-time end for the latter.',
  ],
  recognise: (probe) => {
    if (hasNames(probe, ['<OPENINT>']) || !hasNames(probe, ['<TICKER>', '<PER>', '<DATE>'])) {
      return undefined;
    }
    if (hasNames(probe, ['<LAST>'])) return 'a header with <TICKER>, <PER>, <DATE>, <LAST>';
    return hasNames(probe, BARS)
      ? 'a header with <TICKER>, <PER>, <DATE>, <OPEN>, <HIGH>, <LOW>, <CLOSE>'
      : undefined;
  },
  layout: (probe) =>
    hasNames(probe, ['<LAST>'])
      ? {
          columns: bracketColumns(probe, { price: '<LAST>', size: '<VOL>' }),
          ticks: { columns: positions(probe, { side: '<OPER>' }) },
        }
      : {
          columns: bracketColumns(probe, {
            open: '<OPEN>',
            high: '<HIGH>',
            low: '<LOW>',
            close: '<CLOSE>',
            size: '<VOL>',
          }),
          ...periodOf(probe),
        },
};
