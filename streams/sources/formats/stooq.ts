import { bracketColumns, periodOf } from './finam';
import type { ColumnFormat } from './format';
import { hasNames } from './shape';

export const stooq: ColumnFormat = {
  name: 'stooq',
  title: 'Stooq database files, bars',
  clock: 'the file says no zone: UTC, unless --zone says another (Europe/Warsaw as a rule)',
  traps: [
    'Columns in angle brackets as Finam’s, and <OPENINT> behind them.',
    'Bars of a day have the time 000000: that is their date alone.',
    'Symbols bear their market: AAPL.US.',
  ],
  recognise: (probe) =>
    hasNames(probe, ['<TICKER>', '<PER>', '<DATE>', '<OPEN>', '<CLOSE>', '<OPENINT>'])
      ? 'a header with <TICKER>, <PER>, <DATE>, <OPEN>, <CLOSE>, <OPENINT>'
      : undefined,
  layout: (probe) => ({
    columns: bracketColumns(probe, {
      open: '<OPEN>',
      high: '<HIGH>',
      low: '<LOW>',
      close: '<CLOSE>',
      size: '<VOL>',
    }),
    ...periodOf(probe),
  }),
};
