import type { Micros } from '../../bars/bar';
import type { Role } from '../fileOptions';
import type { ColumnFormat, FormatLayout, LayoutOptions, Probe } from './format';
import { hasNames, positions } from './shape';

const COMMON = ['ts_event', 'rtype', 'publisher_id', 'instrument_id'] as const;

/** Lengths of bars by record type. */
export const OHLCV_LENGTHS: Readonly<Record<number, Micros>> = {
  0x20: 1e6,
  0x21: 60e6,
  0x22: 3_600e6,
  0x23: 86_400e6,
};

const isBars = (probe: Probe): boolean =>
  hasNames(probe, [...COMMON, 'open', 'high', 'low', 'close', 'volume']);
const isQuotes = (probe: Probe): boolean =>
  hasNames(probe, [...COMMON, 'ts_recv', 'bid_px_00', 'ask_px_00']);
const isTrades = (probe: Probe): boolean =>
  hasNames(probe, [...COMMON, 'ts_recv', 'action', 'price', 'size']);
/** Market by order has orders, not trades, under the same names. */
const isOrders = (probe: Probe): boolean => hasNames(probe, ['order_id']);

/** Prices in the raw dialect are integers, a thousand millionth each. */
export const PRICE_DIVISOR = 1e9;

export const databentoCsv: ColumnFormat = {
  name: 'databento-csv',
  title: 'Databento CSV: trades, mbp-1, ohlcv; raw and pretty',
  clock:
    'ts_recv, when Databento received it; with --clock exchange, ts_event; bars: ts_event, their start',
  traps: [
    'Two dialects: integers (nanoseconds, prices in 1e-9) or pretty times and decimals; detected by the times.',
    'An undefined price is the greatest 64-bit integer, or nothing.',
    'mbp-1 makes quotes: the price and size in it are those of the order that changed them.',
    'Without a symbol column the instrument’s number is the symbol, unless --symbol says it.',
    'There are no bars of empty intervals.',
  ],
  recognise: (probe) => {
    if (isOrders(probe)) return undefined;
    if (isBars(probe)) return 'a header with ts_event, rtype, open, high, low, close';
    if (isQuotes(probe)) return 'a header with ts_recv, ts_event, rtype, bid_px_00, ask_px_00';
    return isTrades(probe)
      ? 'a header with ts_recv, ts_event, rtype, action, price, size'
      : undefined;
  },
  layout: (probe, options) => {
    const columns = columnsOf(probe, options);
    const raw = probe.rows.filter((row) => /^\d+$/.test(row[columns.time ?? 0] ?? '')).length;
    return {
      columns,
      ...(raw * 2 > probe.rows.length && { divisor: PRICE_DIVISOR }),
      ...(isBars(probe) && intervalOf(probe)),
      ...(isQuotes(probe) && tradesAmong(probe)),
    };
  },
};

function columnsOf(probe: Probe, options: LayoutOptions): Partial<Record<Role, number>> {
  const { clock = 'receive', symbol } = options;
  const named = hasNames(probe, ['symbol']);
  const of = named ? 'symbol' : symbol === undefined ? 'instrument_id' : '';
  const common = { symbol: of, time: clock === 'receive' ? 'ts_recv' : 'ts_event' };
  if (isBars(probe)) {
    const bars = { open: 'open', high: 'high', low: 'low', close: 'close', size: 'volume' };
    return positions<Role>(probe, { ...common, ...bars, time: 'ts_event' });
  }
  return isQuotes(probe)
    ? positions<Role>(probe, {
        ...common,
        bid: 'bid_px_00',
        ask: 'ask_px_00',
        bidSize: 'bid_sz_00',
        askSize: 'ask_sz_00',
      })
    : positions<Role>(probe, { ...common, price: 'price', size: 'size', side: 'side' });
}

/** A trade is a change of the book too, and has its price and size in the same record. */
function tradesAmong(probe: Probe): Pick<FormatLayout, 'ticks'> {
  const { action, ...columns } = positions(probe, {
    action: 'action',
    price: 'price',
    size: 'size',
    side: 'side',
  });
  return action === undefined
    ? {}
    : { ticks: { columns, tradeIf: { column: action, value: 'T' } } };
}

function intervalOf(probe: Probe): Pick<FormatLayout, 'interval'> {
  const at = probe.header?.indexOf('rtype') ?? -1;
  const interval = OHLCV_LENGTHS[Number(probe.rows[0]?.[at])];
  return interval === undefined ? {} : { interval };
}
