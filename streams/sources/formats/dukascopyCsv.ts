import type { Role } from '../fileOptions';
import type { ColumnFormat, FormatLayout, Probe } from './format';
import { plainName } from './namedColumns';

const at = ({ header = [] }: Probe, pattern: RegExp): number =>
  header.findIndex((name) => pattern.test(plainName(name)));

const columnAt = (probe: Probe, role: Role, pattern: RegExp): FormatLayout['columns'] => {
  const found = at(probe, pattern);
  return found < 0 ? {} : { [role]: found };
};

/** The website's CSV: `Gmt time,Open,High,Low,Close,Volume`, or `Gmt time,Ask,Bid,AskVolume,BidVolume`. */
export const dukascopyCsv: ColumnFormat = {
  name: 'dukascopy-csv',
  title: 'Dukascopy historical data feed as CSV, ticks and candles',
  clock: 'Gmt time, or Local time with its offset; days before months',
  traps: [
    'Dates are written DD.MM.YYYY, whichever day it is.',
    'The symbol is in the name of the file only: EURUSD_Candlestick_1_M_BID_01.01.2024-31.01.2024.csv.',
    'While nobody trades, candles go on at the last price, with a volume of 0.',
  ],
  recognise: (probe) =>
    at(probe, /^(gmt|local|utc) time$/) === 0 &&
    probe.rows.some((row) => /^\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}/.test(row[0] ?? ''))
      ? `a header that begins with ${probe.header?.[0] ?? ''}, and dates DD.MM.YYYY`
      : undefined,
  layout: (probe) => {
    const symbol = probe.names.map(
      (name) => /^([A-Z]{6}|[A-Z.]+)_(?:Candlestick|Ticks)/.exec(name)?.[1],
    );
    const [found] = symbol.filter((each) => each !== undefined);
    const isTicks = at(probe, /^ask$/) >= 0;
    const isZoned = probe.rows.some((row) => /(GMT|[-+]\d{4})/.test(row[0] ?? ''));
    const format = '%d.%m.%Y %H:%M:%S.%f';
    return {
      columns: isTicks
        ? {
            time: 0,
            bid: at(probe, /^bid$/),
            ask: at(probe, /^ask$/),
            ...columnAt(probe, 'bidSize', /^bid ?volume/),
            ...columnAt(probe, 'askSize', /^ask ?volume/),
          }
        : { time: 0, open: 1, high: 2, low: 3, close: 4, size: 5 },
      dateFormat: isZoned ? `${format} GMT%z` : format,
      ...(found !== undefined && { symbol: found }),
    };
  },
};
