import type { ColumnFormat } from './format';
import { hasShape, symbolBefore } from './shape';

/** id, price, qty, first id, last id, time, isBuyerMaker, isBestMatch */
export const binanceAggTrades: ColumnFormat = {
  name: 'binance-agg-trades',
  title: 'Binance public data, spot aggTrades',
  clock: 'trade time of the exchange; milliseconds, since 2025 microseconds',
  traps: [
    'No header.',
    'A row is one taker order at one price, so it may stand for several trades.',
    'The unit of time changed on 2025-01-01: it is told by magnitude.',
    'Rows of some days are interleaved: they are put in order.',
  ],
  recognise: (probe) =>
    hasShape(probe, [
      'integer',
      'number',
      'number',
      'integer',
      'integer',
      'time',
      'boolean',
      'boolean',
    ])
      ? 'eight columns without a header: id, price, qty, first and last id, time, two flags'
      : undefined,
  layout: (probe) => {
    const symbol = symbolBefore(probe, /^aggTrades(-|$)/i);
    return { columns: { price: 1, size: 2, time: 5 }, ...(symbol !== undefined && { symbol }) };
  },
};
