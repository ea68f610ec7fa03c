import type { ColumnFormat } from './format';
import { hasNames, hasShape, symbolBefore } from './shape';

/** open time, open, high, low, close, volume, close time, quote volume, count, two taker volumes, ignore */
export const binanceKlines: ColumnFormat = {
  name: 'binance-klines',
  title: 'Binance public data, klines, spot and futures',
  clock: 'start of the bar; milliseconds, spot since 2025 microseconds',
  traps: [
    'Spot has no header, futures have one since May 2022: both are taken.',
    'The close time is the last unit of time inside the bar, not its end.',
    'The interval is taken from the times, not from the name.',
    'Headers of coin-margined futures name columns 8, 10 and 11 wrongly; these are not read.',
  ],
  recognise: (probe) => {
    if (hasNames(probe, ['open_time', 'open', 'high', 'low', 'close', 'volume', 'close_time'])) {
      return 'a header with open_time, open, high, low, close, volume, close_time';
    }
    return hasShape(probe, [
      'time',
      'number',
      'number',
      'number',
      'number',
      'number',
      'time',
      'number',
      'integer',
      'number',
      'number',
      'number',
    ])
      ? 'twelve columns without a header, the first and the seventh of them times'
      : undefined;
  },
  layout: (probe) => {
    const symbol = symbolBefore(probe, /^\d+(s|m|h|d|w|mo)(-|$)/i);
    return {
      columns: { time: 0, open: 1, high: 2, low: 3, close: 4, size: 5, closeTime: 6 },
      ...(symbol !== undefined && { symbol }),
    };
  },
};
