import type { Role } from '../fileOptions';
import { BUYER_IS_MAKER } from '../tickLayout';
import type { ColumnFormat, FormatLayout, Probe } from './format';

const BID_SIZES = [
  'bid_size',
  'bidsize',
  'bid size',
  'bid_qty',
  'bidqty',
  'bid_amount',
  'bid_volume',
  'bidvolume',
  'bid volume',
  'best_bid_size',
  'best_bid_qty',
];

/** What people call their columns; where a file has several of a role, the first name here goes first. */
const names: Readonly<Partial<Record<Role, readonly string[]>>> = {
  time: [
    'timestamp',
    'ts',
    'time',
    'datetime',
    'date time',
    'date_time',
    'opentime',
    'open_time',
    'open time',
    'date',
    'unix',
  ],
  symbol: ['symbol', 'ticker', 'instrument'],
  price: ['price', 'last', 'last_price', 'lastprice', 'last price', 'trade_price'],
  size: [
    'size',
    'qty',
    'quantity',
    'volume',
    'amount',
    'vol',
    'vol.',
    'last_size',
    'trade_size',
    'base_volume',
    'base volume',
    'tick_volume',
    'tickvolume',
    'tickvol',
  ],
  side: [
    'side',
    'aggressor',
    'aggressor_side',
    'taker_side',
    'trade_side',
    'buyer_maker',
    'is_buyer_maker',
    'isbuyermaker',
  ],
  bid: ['bid', 'bid_price', 'bidprice', 'bid price', 'best_bid', 'best_bid_price'],
  ask: ['ask', 'ask_price', 'askprice', 'ask price', 'best_ask', 'best_ask_price', 'offer'],
  bidSize: BID_SIZES,
  askSize: BID_SIZES.map((name) => name.replace('bid', 'ask')),
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close'],
};

/** Columns with the date where another one has the time of day. */
const DATES = ['date', 'day', 'trade_date', 'tradedate'];
const TIMES_OF_DAY = ['time', 'timestamp', 'time_of_day', 'tradetime', 'trade_time'];

/** Without case, blanks and the angle brackets that some exporters use. */
export const plainName = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/^<(.*)>$/, '$1');

export function columnsByName(probe: Probe): FormatLayout['columns'] {
  const header = (probe.header ?? []).map(plainName);
  const columns: Partial<Record<Role, number>> = {};
  for (const [role, aliases] of Object.entries(names) as [Role, readonly string[]][]) {
    const alias = aliases.find((name) => header.includes(name));
    if (alias !== undefined) columns[role] = header.indexOf(alias);
  }
  // The index of a data frame has no name.
  const isIndex = header[0] === '' && /^\d{4}-\d{2}-\d{2}/.test(probe.rows[0]?.[0]?.trim() ?? '');
  if (columns.time === undefined && isIndex) columns.time = 0;
  const volume = columns.size ?? volumeColumn(header, probe);
  if (volume !== undefined) columns.size = volume;
  const date = header.findIndex((name) => DATES.includes(name));
  const { time } = columns;
  const isOfDay = time !== undefined && TIMES_OF_DAY.includes(header[time] ?? '');
  if (isOfDay && date >= 0 && date !== time) columns.date = date;
  return columns;
}

/** A column that says whether the buyer was the maker. */
export const sidesByName = (
  { header = [] }: Probe,
  { side }: FormatLayout['columns'],
): Pick<FormatLayout, 'ticks'> =>
  side !== undefined && /maker/.test(plainName(header[side] ?? ''))
    ? { ticks: { sides: BUYER_IS_MAKER } }
    : {};

const OF_BARS: readonly Role[] = ['time', 'symbol', 'open', 'high', 'low', 'close', 'size'];

/** Columns of bars by their usual names. */
export const barsByName = (probe: Probe): FormatLayout['columns'] =>
  Object.fromEntries(
    Object.entries(columnsByName(probe)).filter(([role]) => OF_BARS.includes(role as Role)),
  );

const QUOTE_CURRENCIES = 'usd usdt usdc busd eur gbp jpy krw tusd fdusd'.split(' ');

/** `Volume BTC`, `volume (BTC)`: the volume in what is traded, not in what is paid with. */
function volumeColumn(header: readonly string[], probe: Probe): number | undefined {
  const found = header.flatMap((name, at) => {
    const currency = /^vol(?:ume)?[\s_.(\[-]+([a-z0-9]+)[)\]]?$/.exec(name)?.[1];
    return currency === undefined ? [] : [{ at, currency }];
  });
  const symbol = header.indexOf('symbol');
  const traded = (probe.rows[0]?.[symbol] ?? '').toLowerCase();
  const base = found.find(({ currency }) => traded.startsWith(currency));
  return (base ?? found.find(({ currency }) => !QUOTE_CURRENCIES.includes(currency)))?.at;
}

export const namedColumns: ColumnFormat = {
  name: 'named',
  title: 'Columns with names',
  clock: 'the column timestamp, ts, time, datetime or date; zoneless times are UTC',
  traps: [
    'Integer times are seconds, milliseconds, microseconds or nanoseconds, detected by magnitude.',
    'Nanoseconds are floored to microseconds.',
    'A bid or ask of 0 or nothing is a side that is absent.',
  ],
  recognise: (probe) => {
    const columns = columnsByName(probe);
    const priced =
      columns.price !== undefined ||
      columns.bid !== undefined ||
      columns.ask !== undefined ||
      columns.close !== undefined;
    if (columns.time === undefined || !priced) return undefined;
    const found = Object.values(columns).map((at) => probe.header?.[at] || `column ${at + 1}`);
    return `columns named ${found.join(', ')}`;
  },
  layout: (probe) => {
    const columns = columnsByName(probe);
    return { columns, ...sidesByName(probe, columns) };
  },
};
