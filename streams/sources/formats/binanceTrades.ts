import { BUYER_IS_MAKER } from '../tickLayout';
import type { ColumnFormat, Probe } from './format';
import { hasNames, hasShape, symbolBefore } from './shape';

/** Spot: id, price, qty, quoteQty, time, isBuyerMaker, isBestMatch; futures: without the last. */
export const binanceTrades: ColumnFormat = {
  name: 'binance-trades',
  title: 'Binance public data, trades, spot and futures',
  clock: 'trade time of the exchange; milliseconds, spot since 2025 microseconds',
  traps: [
    'Spot has no header, futures have one since August 2022: both are taken.',
    'The unit of time changed on 2025-01-01, for spot only: it is detected by magnitude.',
    'Rows of some days are interleaved: they are put in order.',
  ],
  recognise: (probe) => {
    if (hasNames(probe, ['id', 'price', 'qty', 'time', 'is_buyer_maker'])) {
      return 'a header with id, price, qty, time, is_buyer_maker';
    }
    if (isSpot(probe)) {
      return 'seven columns without a header: id, price, qty, quoteQty, time, two flags';
    }
    return isFutures(probe)
      ? 'six columns without a header: id, price, qty, quoteQty, time, a flag'
      : undefined;
  },
  layout: (probe) => {
    const symbol = symbolBefore(probe, /^trades(-|$)/);
    return {
      columns: { price: 1, size: 2, time: 4 },
      ticks: { columns: { side: 5 }, sides: BUYER_IS_MAKER },
      ...(symbol !== undefined && { symbol }),
    };
  },
};

const isSpot = (probe: Probe): boolean =>
  hasShape(probe, ['integer', 'number', 'number', 'number', 'time', 'boolean', 'boolean']);

const isFutures = (probe: Probe): boolean =>
  hasShape(probe, ['integer', 'number', 'number', 'number', 'time', 'boolean']);
