import type { Micros } from '../../bars/bar';
import { DAY, parseInterval } from '../../bars/interval';
import type { LayoutTime } from '../time/layoutTime';
import type { ColumnFormat, FormatLayout, LayoutOptions, Probe } from './format';
import { hasShape } from './shape';

/** 20131007_spy_minute_trade, 20131008_bac_Trade_Tick: the name of the file in the zip. */
const ENTRY =
  /^(\d{4})(\d{2})(\d{2})_([a-z0-9.]+)_(?:(tick|second|minute)_(trade|quote)|(trade|quote)_(tick))/i;
const PLACE =
  /[\\/](equity|forex|crypto|cryptofuture|future|cfd|option|index)[\\/]([a-z0-9]+)[\\/](tick|second|minute|hour|daily)[\\/]/i;
const LENGTHS: Readonly<Record<string, string>> = {
  second: '1s',
  minute: '1m',
  hour: '1h',
  daily: '1d',
};

interface Contents {
  readonly symbol: string;
  readonly resolution: string;
  readonly type: 'trade' | 'quote';
  /** Midnight of the day that the times are of; absent where they say it. */
  readonly midnight?: Micros;
}

export const lean: ColumnFormat = {
  name: 'lean',
  title: 'QuantConnect Lean, zip with one CSV: equity, forex, crypto, futures',
  clock: 'milliseconds since midnight, or YYYYMMDD HH:MM; start of the bar; zone of the market',
  traps: [
    'Day, symbol and resolution are in the name of the file in the zip only.',
    'Equity prices are integers, a ten-thousandth each.',
    'Market and zone are in the path only (equity/usa/minute/spy/20131007_trade.zip): US equities are of New York, FXCM of UTC-5, the others of UTC.',
    'A quote tick has one side only; bars of quotes have both: the bid is read, or --price ask.',
    'Ticks that are marked as suspicious are passed over.',
  ],
  recognise: (probe) => {
    const contents = contentsOf(probe);
    if (contents === undefined || layoutOf(probe, contents, {}) === undefined) return undefined;
    return contents.midnight === undefined
      ? 'no header; YYYYMMDD HH:MM and prices'
      : `a name such as YYYYMMDD_symbol_${contents.resolution}_${contents.type}; milliseconds since midnight`;
  },
  layout: (probe, options) => {
    const contents = contentsOf(probe);
    const columns = contents && layoutOf(probe, contents, options);
    if (contents === undefined || columns === undefined) return { columns: {} };
    const { symbol, resolution, midnight } = contents;
    const length = LENGTHS[resolution];
    const [, asset = '', market = ''] = PLACE.exec(probe.path ?? '') ?? [];
    const isEquity = /equity|option|index/i.test(asset) || (asset === '' && areDeciCents(probe));
    const zone = isEquity ? 'America/New_York' : /fxcm/i.test(market) ? 'Etc/GMT+5' : 'UTC';
    return {
      ...columns,
      symbol: symbol.toUpperCase(),
      ...(isEquity && { divisor: 10_000 }),
      zone,
      ...(midnight === undefined
        ? { dateFormat: '%Y%m%d %H:%M' }
        : { timeLayout: sinceMidnight(midnight) }),
      ...(length !== undefined && { interval: parseInterval(length).length }),
      isPriced: length !== undefined,
    };
  },
};

function contentsOf({ names, path = '', rows }: Probe): Contents | undefined {
  for (const name of names) {
    const [, year, month, day, symbol = '', one, type, otherType, other] = ENTRY.exec(name) ?? [];
    if (year === undefined) continue;
    return {
      symbol,
      resolution: (one ?? other ?? '').toLowerCase(),
      type: (type ?? otherType ?? '').toLowerCase() as Contents['type'],
      midnight: Date.UTC(Number(year), Number(month) - 1, Number(day)) * 1000,
    };
  }
  const isDated = rows.every((row) => /^\d{8} \d{2}:\d{2}$/.test(row[0] ?? ''));
  const [symbol = ''] = names;
  if (!isDated || !/^[a-z0-9.]+(?:_(?:trade|quote))?$/.test(symbol)) return undefined;
  return {
    symbol: symbol.replace(/_(trade|quote)$/, ''),
    resolution: PLACE.exec(path)?.[3]?.toLowerCase() ?? '',
    type: (rows[0]?.length ?? 0) > 6 ? 'quote' : 'trade',
  };
}

/** Prices of US equities: all whole, and none below a tenth of a dollar. */
const areDeciCents = ({ rows }: Probe): boolean =>
  rows.every((row) => /^\d{4,}$/.test(row[1] ?? '') || Number(row[1]) === 0);

const PRICES = ['number', 'number', 'number', 'number', 'number'] as const;

function layoutOf(
  probe: Probe,
  { resolution, type, midnight }: Contents,
  { price }: LayoutOptions,
): Pick<FormatLayout, 'columns' | 'ticks' | 'only'> | undefined {
  if (midnight !== undefined && !probe.rows.every((row) => isTimeOfDay(row[0] ?? '')))
    return undefined;
  const suspicious = { value: '0', others: 'ticks that are marked as suspicious' };
  if (resolution === 'tick') {
    if (type === 'trade') {
      if (probe.width < 3) return undefined;
      const columns = { time: 0, price: 1, size: 2 };
      return probe.width === 6 ? { columns, only: { column: 5, ...suspicious } } : { columns };
    }
    if (probe.width === 3) return { columns: { time: 0, bid: 1, ask: 2 } };
    if (probe.width < 5) return undefined;
    const columns = { time: 0, bid: 1, ask: 3 };
    const ticks = { columns: { bidSize: 2, askSize: 4 } };
    return probe.width === 8
      ? { columns, ticks, only: { column: 7, ...suspicious } }
      : { columns, ticks };
  }
  if (type === 'trade') {
    const isBar =
      midnight === undefined ? probe.width === 6 : hasShape(probe, ['number', ...PRICES]);
    return isBar
      ? { columns: { time: 0, open: 1, high: 2, low: 3, close: 4, size: 5 } }
      : undefined;
  }
  if (probe.width !== 11) return undefined;
  const at = price === 'ask' ? 6 : 1;
  return { columns: { time: 0, open: at, high: at + 1, low: at + 2, close: at + 3, size: at + 4 } };
}

const isTimeOfDay = (text: string): boolean => Number(text) >= 0 && Number(text) * 1000 < DAY;

/** Milliseconds of a day, local. */
const sinceMidnight = (midnight: Micros): LayoutTime => ({
  written: 'layout',
  evidence: 'milliseconds since midnight of the day in the name',
  parser: () => ({
    isZoned: false,
    parse: (text) => {
      const micros = /^\d+(\.\d+)?$/.test(text.trim()) ? Math.round(Number(text) * 1000) : NaN;
      return micros < DAY ? midnight + micros : NaN;
    },
  }),
});
