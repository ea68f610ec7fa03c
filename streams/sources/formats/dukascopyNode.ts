import { parseInterval } from '../../bars/interval';
import type { Role } from '../fileOptions';
import type { ColumnFormat, Probe } from './format';
import { hasNames, positions } from './shape';

/** eurusd-m1-bid-2021-01-01-2021-02-01 */
const NODE_NAME =
  /^([a-z0-9]+)-(tick|s1|m1|m5|m15|m30|h1|h4|d1|mn1)(?:-(?:bid|ask))?-\d{4}-\d{2}-\d{2}/;

const LENGTHS: Readonly<Record<string, string>> = {
  s1: '1s',
  m1: '1m',
  m5: '5m',
  m15: '15m',
  m30: '30m',
  h1: '1h',
  h4: '4h',
  d1: '1d',
  mn1: '1mo',
};

/** Symbol and length of bars that such a name says; nothing for another name. */
export function nodeNameOf(names: readonly string[]): { symbol?: string; interval?: number } {
  for (const name of names) {
    const [, instrument, frame = ''] = NODE_NAME.exec(name) ?? [];
    if (instrument === undefined) continue;
    const length = LENGTHS[frame];
    return {
      symbol: instrument.toUpperCase(),
      ...(length !== undefined && { interval: parseInterval(length).length }),
    };
  }
  return {};
}

const isTicks = (probe: Probe): boolean => hasNames(probe, ['timestamp', 'askPrice', 'bidPrice']);
const isBars = (probe: Probe): boolean =>
  hasNames(probe, ['timestamp', 'open', 'high', 'low', 'close']) &&
  probe.names.some((name) => NODE_NAME.test(name));

export const dukascopyNode: ColumnFormat = {
  name: 'dukascopy-node',
  title: 'dukascopy-node CSV, ticks and candles',
  clock: 'UTC, milliseconds or ISO 8601; start of the candle',
  traps: [
    'Symbol and length of the candles are in the name of the file only: eurusd-m1-bid-2021-01-01-2021-02-01.csv.',
    'Volumes are in millions, unless they were requested in units.',
  ],
  recognise: (probe) => {
    if (isTicks(probe)) return 'a header with timestamp, askPrice, bidPrice';
    return isBars(probe)
      ? 'a name such as eurusd-m1-bid-2021-01-01, and a header with timestamp, open, high, low, close'
      : undefined;
  },
  layout: (probe) => ({
    columns: isTicks(probe)
      ? positions<Role>(probe, {
          time: 'timestamp',
          bid: 'bidPrice',
          ask: 'askPrice',
          bidSize: 'bidVolume',
          askSize: 'askVolume',
        })
      : positions<Role>(probe, {
          time: 'timestamp',
          open: 'open',
          high: 'high',
          low: 'low',
          close: 'close',
          size: 'volume',
        }),
    ...nodeNameOf(probe.names),
  }),
};
