import type { ColumnFormat, FormatLayout, Probe } from './format';
import { barsByName, plainName } from './namedColumns';

/** Tickers in the second line, where columns have two levels of names. */
const tickersOf = ({ preamble = [] }: Probe): readonly string[] =>
  [...new Set((preamble[0] ?? []).slice(1))].filter((ticker) => ticker.trim() !== '');

export const yfinance: ColumnFormat = {
  name: 'yfinance',
  title: 'yfinance data frames as CSV, and downloads of Yahoo Finance',
  clock:
    'Date: days of the exchange, which the file does not say: UTC, unless --zone says it; Datetime: with a zone',
  traps: [
    'Newer data frames have three lines above the rows: Price, Ticker and Date; the ticker is the symbol.',
    'Adj Close is not read: it changes with every dividend.',
    'Data frames of several tickers side by side are refused: write a file for each.',
  ],
  recognise: (probe) => {
    const { header = [], preamble } = probe;
    const has = (name: string): boolean => header.some((each) => plainName(each) === name);
    if (!['open', 'high', 'low', 'close'].every(has)) return undefined;
    if (preamble !== undefined && header[0] === 'Price' && tickersOf(probe).length === 1) {
      return `the lines Price, Ticker (${tickersOf(probe)[0] ?? ''}) and Date above the rows`;
    }
    return has('adj close') && (has('date') || has('datetime'))
      ? 'a header with Date or Datetime, Open, High, Low, Close, Adj Close'
      : undefined;
  },
  layout: (probe): FormatLayout => {
    const [ticker] = tickersOf(probe);
    const columns = barsByName(probe);
    return {
      columns: probe.preamble === undefined ? columns : { ...columns, time: 0 },
      ...(ticker !== undefined && { symbol: ticker.trim() }),
    };
  },
};
