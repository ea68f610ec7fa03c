import type { ColumnFormat, Probe } from './format';
import { barsByName, plainName } from './namedColumns';

const at = ({ header = [] }: Probe, pattern: RegExp): number =>
  header.findIndex((name) => pattern.test(plainName(name)));

/** 2017-07-01 11-AM: hours of older files. */
const hasHalfDays = ({ rows }: Probe, date: number): boolean =>
  rows.every((row) => /^\d{4}-\d{2}-\d{2} \d{2}-[AP]M$/.test(row[date]?.trim() ?? ''));

export const cryptoDataDownload: ColumnFormat = {
  name: 'cryptodatadownload',
  title: 'CryptoDataDownload, bars',
  clock: 'UTC, start of the bar: the column date; unix is in seconds or milliseconds, as it comes',
  traps: [
    'The address of the site stands above the header: it is passed over.',
    'Newest first: put in order, and counted as out of order.',
    'unix changes its unit within a file, so the date is read.',
    'There are two volumes: that in what is traded is read.',
  ],
  recognise: (probe) => {
    const hasBars = ['open', 'high', 'low', 'close'].every(
      (name) => at(probe, new RegExp(`^${name}$`)) >= 0,
    );
    const isOurs =
      at(probe, /^unix( ?timestamp)?$/) >= 0 &&
      at(probe, /^date$/) >= 0 &&
      at(probe, /^symbol$/) >= 0;
    const hasTwo = at(probe, /^volume [a-z0-9]+$/) >= 0 && at(probe, /^symbol$/) >= 0;
    return hasBars && at(probe, /^date$/) >= 0 && (isOurs || hasTwo)
      ? 'a header with date, symbol, open, high, low, close and volumes of two currencies or unix'
      : undefined;
  },
  layout: (probe) => {
    const date = at(probe, /^date$/);
    const columns = barsByName(probe);
    return {
      columns: { ...columns, time: date },
      ...(hasHalfDays(probe, date) && { dateFormat: '%Y-%m-%d %I-%p' }),
    };
  },
};
