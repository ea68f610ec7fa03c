import type { ColumnFormat, Probe } from './format';
import { hasShape } from './shape';

/** Whether the four prices of the first rows can be those of bars. */
const areBars = ({ rows }: Probe): boolean =>
  rows.every((row) => {
    const [open = 0, high = 0, low = 0, close = 0] = row.slice(1, 5).map(Number);
    return !(high < low) && !(high < open) && !(high < close) && !(low > open) && !(low > close);
  });

/** time, open, high, low, close, volume, trades */
export const krakenBars: ColumnFormat = {
  name: 'kraken-bars',
  title: 'Kraken OHLCVT downloads',
  clock: 'start of the bar; seconds',
  traps: [
    'No header.',
    'Symbol and minutes of a bar are in the name of the file only: XBTUSD_60.csv.',
    'There are no bars of empty intervals.',
  ],
  recognise: (probe) =>
    hasShape(probe, ['time', 'number', 'number', 'number', 'number', 'number', 'integer']) &&
    areBars(probe)
      ? 'no header; time, open, high, low, close, volume, number of trades'
      : undefined,
  layout: ({ names }) => {
    const [, symbol, minutes] =
      names.map((name) => /^([A-Z0-9.]+)_(\d{1,5})$/.exec(name)).find((each) => each !== null) ??
      [];
    return {
      columns: { time: 0, open: 1, high: 2, low: 3, close: 4, size: 5 },
      ...(symbol !== undefined && { symbol }),
      ...(minutes !== undefined && { interval: Number(minutes) * 60e6 }),
    };
  },
};

/** time, price, amount */
export const bitcoinCharts: ColumnFormat = {
  name: 'bitcoincharts',
  title: 'bitcoincharts and Kraken trades: time, price, amount',
  clock: 'seconds, with or without decimals',
  traps: ['No header.', 'The symbol is in the name of the file only: bitstampUSD.csv, XBTUSD.csv.'],
  recognise: (probe) =>
    hasShape(probe, ['timeWithDecimals', 'number', 'number'])
      ? 'no header; time in seconds, price, amount'
      : undefined,
  layout: ({ names }) => {
    const symbol = names.map((name) => /^[a-zA-Z]{2,}[A-Z]{3}$/.exec(name)?.[0]);
    const [found] = symbol.filter((each) => each !== undefined);
    return {
      columns: { time: 0, price: 1, size: 2 },
      ...(found !== undefined && { symbol: found }),
    };
  },
};
