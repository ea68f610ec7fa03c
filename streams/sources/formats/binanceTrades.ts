import type { ColumnFormat } from './format';
import { hasShape, symbolBefore } from './shape';

/** id, price, qty, quoteQty, time, isBuyerMaker, isBestMatch */
export const binanceTrades: ColumnFormat = {
  name: 'binance-trades',
  title: 'Binance public data, spot trades',
  clock: 'trade time of the exchange; milliseconds, since 2025 microseconds',
  traps: [
    'No header.',
    'The unit of time changed on 2025-01-01: it is told by magnitude.',
    'Rows of some days are interleaved: they are put in order.',
  ],
  recognise: (probe) =>
    hasShape(probe, ['integer', 'number', 'number', 'number', 'time', 'boolean', 'boolean'])
      ? 'seven columns without a header: id, price, qty, quoteQty, time, two flags'
      : undefined,
  layout: (probe) => {
    const symbol = symbolBefore(probe, /^trades(-|$)/);
    return { columns: { price: 1, size: 2, time: 4 }, ...(symbol !== undefined && { symbol }) };
  },
};
