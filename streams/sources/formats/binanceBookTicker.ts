import type { ColumnFormat } from './format';
import { hasNames, hasShape, symbolBefore } from './shape';

/** update id, bid price, bid qty, ask price, ask qty, transaction time, event time */
export const binanceBookTicker: ColumnFormat = {
  name: 'binance-book-ticker',
  title: 'Binance public data, bookTicker of futures',
  clock: 'transaction time of the exchange; milliseconds',
  traps: [
    'With and without a header: both are taken.',
    'There are two times: the event time, at which it was sent, is not read.',
  ],
  recognise: (probe) => {
    if (hasNames(probe, ['best_bid_price', 'best_ask_price', 'transaction_time'])) {
      return 'a header with best_bid_price, best_ask_price, transaction_time';
    }
    return hasShape(probe, ['integer', 'number', 'number', 'number', 'number', 'time', 'time'])
      ? 'seven columns without a header: update id, bid and ask with sizes, two times'
      : undefined;
  },
  layout: (probe) => {
    const symbol = symbolBefore(probe, /^bookTicker(-|$)/i);
    return {
      columns: { bid: 1, ask: 3, time: 5 },
      ticks: { columns: { bidSize: 2, askSize: 4 } },
      ...(symbol !== undefined && { symbol }),
    };
  },
};
