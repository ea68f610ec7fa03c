import { DAY } from '../../bars/interval';
import type { Role } from '../fileOptions';
import type { ColumnFormat, Probe } from './format';
import { hasNames, hasShape, positions } from './shape';

const PERPETUAL = ['timestamp', 'symbol', 'side', 'size', 'price', 'tickDirection', 'trdMatchID'];

const isSpot = ({ header }: Probe): boolean =>
  /^id,timestamp,price,volume,side(,rpi)?$/.test((header ?? []).join(','));

export const bybitTrades: ColumnFormat = {
  name: 'bybit-trades',
  title: 'Bybit public data, trades of derivatives and spot',
  clock: 'time of the exchange: derivatives in seconds with decimals, spot in milliseconds',
  traps: [
    'Older files of derivatives are newest first: put in order, and counted as out of order.',
    'Spot has no column with the symbol: it is in the file’s name, BTCUSDT_2022-11-10.csv.gz.',
    'The side is that of the aggressor.',
  ],
  recognise: (probe) => {
    if (hasNames(probe, PERPETUAL)) {
      return 'a header with timestamp, symbol, side, size, price, tickDirection, trdMatchID';
    }
    return isSpot(probe) ? 'the header id,timestamp,price,volume,side' : undefined;
  },
  layout: (probe) => {
    const symbol = probe.names.map((name) => /^([A-Z0-9]+?)[_-]?\d{4}-\d{2}/.exec(name)?.[1]);
    const [found] = symbol.filter((each) => each !== undefined);
    const time = { time: 'timestamp', price: 'price', side: 'side' };
    return isSpot(probe)
      ? {
          columns: positions<Role>(probe, { ...time, size: 'volume' }),
          ...(found !== undefined && { symbol: found }),
        }
      : { columns: positions<Role>(probe, { ...time, size: 'size', symbol: 'symbol' }) };
  },
};

/** BTCUSDT_1_2020-01-01_2020-01-31: the minutes of a bar, or D. */
const NAME = /^([A-Z0-9]+)_(\d{1,4}|D)_\d{4}-\d{2}-\d{2}_\d{4}-\d{2}-\d{2}$/;

export const bybitBars: ColumnFormat = {
  name: 'bybit-bars',
  title: 'Bybit public data, bars for MetaTrader 4',
  clock: 'start of the bar, UTC',
  traps: [
    'No header; dates are written with dots, the year first.',
    'Symbol and minutes of a bar are in the name of the file only.',
  ],
  recognise: (probe) =>
    probe.names.some((name) => NAME.test(name)) &&
    hasShape(probe, ['dottedTime', 'number', 'number', 'number', 'number', 'number'])
      ? 'a name such as BTCUSDT_1_2020-01-01_2020-01-31; YYYY.MM.DD HH:MM, open, high, low, close, volume'
      : undefined,
  layout: ({ names }) => {
    const [, symbol = '', length = ''] =
      names.map((name) => NAME.exec(name)).find((each) => each !== null) ?? [];
    return {
      columns: { time: 0, open: 1, high: 2, low: 3, close: 4, size: 5 },
      symbol,
      dateFormat: '%Y.%m.%d %H:%M',
      interval: length === 'D' ? DAY : Number(length) * 60e6,
    };
  },
};
