import { BUYER_IS_MAKER } from '../tickLayout';
import type { ColumnFormat } from './format';
import { hasNames, hasShape, symbolBefore } from './shape';

/** id, price, qty, first id, last id, time, isBuyerMaker, and in spot isBestMatch */
export const binanceAggTrades: ColumnFormat = {
  name: 'binance-agg-trades',
  title: 'Binance public data, aggTrades, spot and futures',
  clock: 'trade time of the exchange; milliseconds, spot since 2025 microseconds',
  traps: [
    'Spot has no header, futures have one since August 2022: both are taken.',
    'A row is one taker order at one price, so it may stand for several trades.',
    'The unit of time changed on 2025-01-01, for spot only: it is detected by magnitude.',
    'Rows of some days are interleaved: they are put in order.',
    'An id that comes again is the same trade again: it counts once.',
  ],
  recognise: (probe) => {
    if (hasNames(probe, ['agg_trade_id', 'price', 'quantity', 'transact_time'])) {
      return 'a header with agg_trade_id, price, quantity, transact_time';
    }
    const futures = [
      'integer',
      'number',
      'number',
      'integer',
      'integer',
      'time',
      'boolean',
    ] as const;
    if (hasShape(probe, [...futures, 'boolean'])) {
      return 'eight columns without a header: id, price, qty, first and last id, time, two flags';
    }
    return hasShape(probe, futures)
      ? 'seven columns without a header: id, price, qty, first and last id, time, a flag'
      : undefined;
  },
  layout: (probe) => {
    const symbol = symbolBefore(probe, /^aggTrades(-|$)/i);
    return {
      columns: { id: 0, price: 1, size: 2, time: 5 },
      ticks: { columns: { side: 6 }, sides: BUYER_IS_MAKER },
      ...(symbol !== undefined && { symbol }),
    };
  },
};
