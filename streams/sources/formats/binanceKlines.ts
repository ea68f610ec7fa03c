import type { ColumnFormat } from './format';
import { hasShape, symbolBefore } from './shape';

/** open time, open, high, low, close, volume, close time, quote volume, count, two taker volumes, ignore */
export const binanceKlines: ColumnFormat = {
  name: 'binance-klines',
  title: 'Binance public data, spot klines',
  clock: 'start of the bar; milliseconds, since 2025 microseconds',
  traps: [
    'No header.',
    'The close time is the last unit of time inside the bar, not its end.',
    'The interval is taken from the times, not from the name.',
  ],
  recognise: (probe) =>
    hasShape(probe, [
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
      : undefined,
  layout: (probe) => {
    const symbol = symbolBefore(probe, /^\d+(s|m|h|d|w|mo)(-|$)/i);
    return {
      columns: { time: 0, open: 1, high: 2, low: 3, close: 4, size: 5, closeTime: 6 },
      ...(symbol !== undefined && { symbol }),
    };
  },
};
