import type { Role } from '../fileOptions';
import { DAY } from '../../bars/interval';
import { localTime } from '../../bars/localTime';
import type { ColumnFormat, LayoutOptions, Probe } from './format';
import { hasNames, positions } from './shape';

const clock =
  'sip_timestamp, when the consolidated feed had it; with --clock exchange, participant_timestamp';
const traps = [
  'Rows are sorted by ticker, then time: they are merged by time here, and counted as out of order only within a ticker.',
  'Nanoseconds are floored to microseconds.',
] as const;

const timeOf = ({ clock = 'receive' }: LayoutOptions): string =>
  clock === 'receive' ? 'sip_timestamp' : 'participant_timestamp';

export const polygonTrades: ColumnFormat = {
  name: 'polygon-trades',
  title: 'Polygon (Massive) flat files, trades',
  clock,
  traps,
  recognise: (probe) =>
    hasNames(probe, ['ticker', 'participant_timestamp', 'price', 'sip_timestamp', 'size'])
      ? 'a header with ticker, participant_timestamp, price, sip_timestamp, size'
      : undefined,
  layout: (probe, options) => ({
    columns: positions<Role>(probe, {
      symbol: 'ticker',
      time: timeOf(options),
      price: 'price',
      size: 'size',
    }),
    sortedBySymbol: true,
  }),
};

export const polygonQuotes: ColumnFormat = {
  name: 'polygon-quotes',
  title: 'Polygon (Massive) flat files, quotes',
  clock,
  traps: [...traps, 'A price of 0 is a side that is absent; crossed quotes are real.'],
  recognise: (probe) =>
    hasNames(probe, ['ticker', 'ask_price', 'bid_price', 'participant_timestamp', 'sip_timestamp'])
      ? 'a header with ticker, ask_price, bid_price, participant_timestamp, sip_timestamp'
      : undefined,
  layout: (probe, options) => ({
    columns: positions<Role>(probe, {
      symbol: 'ticker',
      time: timeOf(options),
      bid: 'bid_price',
      ask: 'ask_price',
      bidSize: 'bid_size',
      askSize: 'ask_size',
    }),
    sortedBySymbol: true,
  }),
};

export const polygonMinutes: ColumnFormat = {
  name: 'polygon-minutes',
  title: 'Polygon (Massive) flat files, minute and day aggregates',
  clock: 'window_start, the start of the bar; nanoseconds',
  traps: [
    'The prices stand in the order open, close, high, low: they are read by name.',
    traps[0],
    'Volumes are fractional since February 2026.',
    'Minutes and days have the same header: the name of the file tells them apart, or that all bars begin at midnight in New York.',
  ],
  recognise: (probe) =>
    hasNames(probe, ['ticker', 'volume', 'open', 'close', 'high', 'low', 'window_start'])
      ? 'a header with ticker, volume, open, close, high, low, window_start'
      : undefined,
  layout: (probe) => ({
    columns: positions<Role>(probe, {
      symbol: 'ticker',
      time: 'window_start',
      open: 'open',
      high: 'high',
      low: 'low',
      close: 'close',
      size: 'volume',
    }),
    interval: areDays(probe) ? DAY : 60e6,
    ...(areDays(probe) && { barZone: NEW_YORK }),
    sortedBySymbol: true,
  }),
};

const NEW_YORK = 'America/New_York';

function areDays({ names, header, rows }: Probe): boolean {
  if (names.some((name) => /day_?aggs/i.test(name))) return true;
  if (names.some((name) => /minute_?aggs/i.test(name))) return false;
  const at = header?.indexOf('window_start') ?? -1;
  const { toLocal } = localTime(NEW_YORK);
  return rows.every((row) => toLocal(Number(row[at]) / 1000) % DAY === 0);
}
