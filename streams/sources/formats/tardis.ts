import type { Role } from '../fileOptions';
import type { ColumnFormat, LayoutOptions, Probe } from './format';
import { hasNames, positions } from './shape';

const timeOf = ({ clock = 'receive' }: LayoutOptions): string =>
  clock === 'receive' ? 'local_timestamp' : 'timestamp';

const traps = [
  'Microseconds, always with a header.',
  'Rows stand in order of the receive time; by the exchange’s time they go back, and are put in order.',
] as const;

const clock = 'local_timestamp, when Tardis received it; with --clock exchange, timestamp';

export const tardisTrades: ColumnFormat = {
  name: 'tardis-trades',
  title: 'Tardis CSV, trades',
  clock,
  traps,
  recognise: (probe) =>
    hasNames(probe, ['exchange', 'symbol', 'timestamp', 'local_timestamp', 'price', 'amount', 'id'])
      ? 'a header with exchange, symbol, timestamp, local_timestamp, id, price, amount'
      : undefined,
  layout: (probe, options) => ({
    columns: columnsOf(probe, {
      price: 'price',
      size: 'amount',
      side: 'side',
      time: timeOf(options),
    }),
  }),
};

export const tardisQuotes: ColumnFormat = {
  name: 'tardis-quotes',
  title: 'Tardis CSV, quotes and book_ticker',
  clock,
  traps: [...traps, 'Prices may be empty: that side is absent.'],
  recognise: (probe) =>
    hasNames(probe, [
      'exchange',
      'symbol',
      'timestamp',
      'local_timestamp',
      'ask_price',
      'bid_price',
    ])
      ? 'a header with exchange, symbol, timestamp, local_timestamp, ask_price, bid_price'
      : undefined,
  layout: (probe, options) => ({
    columns: columnsOf(probe, {
      bid: 'bid_price',
      ask: 'ask_price',
      bidSize: 'bid_amount',
      askSize: 'ask_amount',
      time: timeOf(options),
    }),
  }),
};

const columnsOf = (
  probe: Probe,
  names: Readonly<Partial<Record<Role, string>>>,
): Partial<Record<Role, number>> => positions<Role>(probe, { symbol: 'symbol', ...names });
