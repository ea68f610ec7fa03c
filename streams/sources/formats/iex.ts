import type { Role } from '../fileOptions';
import type { ColumnFormat, FormatLayout, Probe } from './format';
import { hasNames, positions } from './shape';

const isChart = (probe: Probe): boolean =>
  hasNames(probe, ['date', 'minute', 'open', 'high', 'low', 'close', 'average', 'notional']);
const isTrades = (probe: Probe): boolean =>
  hasNames(probe, ['timestamp', 'symbol', 'size', 'price', 'trade_id', 'flags']);
const isQuotes = (probe: Probe): boolean =>
  hasNames(probe, [
    'timestamp',
    'symbol',
    'bid_size',
    'bid_price',
    'ask_size',
    'ask_price',
    'flags',
  ]);

const NEW_YORK = 'America/New_York';

export const iex: ColumnFormat = {
  name: 'iex',
  title: 'IEX as CSV: minutes of its API, trades and quotes of HIST (TOPS)',
  clock: 'minutes: New York, start of the bar; HIST: UTC, when IEX sent the message',
  traps: [
    'Minutes without a trade on IEX have no prices: they are passed over.',
    'Prices and volumes are those of IEX alone, a few percent of the market.',
    'A quote of 0 is a side that is absent.',
    'The minutes have no symbol: it is in the name of the file, AAPL.csv, or --symbol names it.',
  ],
  recognise: (probe) => {
    if (isChart(probe))
      return 'a header with date, minute, open, high, low, close, average, notional';
    if (isTrades(probe)) return 'a header with timestamp, symbol, size, price, trade_id, flags';
    return isQuotes(probe)
      ? 'a header with timestamp, symbol, bid_size, bid_price, ask_size, ask_price, flags'
      : undefined;
  },
  layout: (probe) => {
    if (isChart(probe)) return minutes(probe);
    const common = { time: 'timestamp', symbol: 'symbol' };
    return {
      columns: isTrades(probe)
        ? positions<Role>(probe, { ...common, price: 'price', size: 'size' })
        : positions<Role>(probe, {
            ...common,
            bid: 'bid_price',
            ask: 'ask_price',
            bidSize: 'bid_size',
            askSize: 'ask_size',
          }),
    };
  },
};

function minutes(probe: Probe): FormatLayout {
  const names = { open: 'open', high: 'high', low: 'low', close: 'close', size: 'volume' };
  const [symbol] = probe.names.flatMap(
    (name) => /^([A-Z][A-Z.]{0,6})(?:_|-|$)/.exec(name)?.[1] ?? [],
  );
  return {
    columns: positions<Role>(probe, { date: 'date', time: 'minute', symbol: 'symbol', ...names }),
    zone: NEW_YORK,
    interval: 60e6,
    emptyBars: 'minutes without a trade',
    ...(symbol !== undefined && { symbol }),
  };
}
