import type { Ids, PriceOfQuotes } from './frameDecoder';
import type { FrameLayout } from './frameLayout';

/** Binance spot: single streams, combined streams and recordings of either. */
const binance: FrameLayout = {
  wrapper: 'data',
  trades: [
    {
      when: { e: 'trade' },
      symbol: 's',
      time: 'T',
      price: 'p',
      size: 'q',
      id: 't',
      ids: 'contiguous',
    },
    {
      when: { e: 'aggTrade' },
      symbol: 's',
      time: 'T',
      price: 'p',
      size: 'q',
      id: 'a',
      ids: 'contiguous',
    },
  ],
  quotes: [
    // Spot frames name no event and have no time of the exchange.
    {
      when: {},
      has: ['u', 's', 'b', 'B', 'a', 'A'],
      symbol: 's',
      time: 'T',
      bid: 'b',
      ask: 'a',
      id: 'u',
      ids: 'rising',
    },
  ],
};

/** Coinbase Exchange: the channels `matches` and `ticker`. */
const coinbase: FrameLayout = {
  trades: [
    {
      when: { type: 'match' },
      symbol: 'product_id',
      time: 'time',
      price: 'price',
      size: 'size',
      id: 'trade_id',
      ids: 'contiguous',
    },
  ],
  quotes: [
    {
      when: { type: 'ticker' },
      symbol: 'product_id',
      time: 'time',
      bid: 'best_bid',
      ask: 'best_ask',
      id: 'sequence',
      ids: 'rising',
    },
  ],
};

/** Kraken, version 2: the channels `trade` and `ticker`. */
const kraken: FrameLayout = {
  rows: 'data',
  trades: [
    {
      when: { channel: 'trade', type: 'update' },
      symbol: 'symbol',
      time: 'timestamp',
      price: 'price',
      size: 'qty',
      id: 'trade_id',
      ids: 'contiguous',
    },
  ],
  quotes: [
    {
      when: { channel: 'ticker' },
      symbol: 'symbol',
      time: 'timestamp',
      bid: 'bid',
      ask: 'ask',
      ids: 'none',
    },
  ],
};

/** One tick a frame: `{"symbol": "ACME", "time": 1723161255342000, "price": 1.5, "size": 2, "id": 7}`. */
const ticks: FrameLayout = {
  trades: [
    {
      when: {},
      has: ['id'],
      symbol: 'symbol',
      time: 'time',
      price: 'price',
      size: 'size',
      isSizeOptional: true,
      id: 'id',
      ids: 'contiguous',
    },
    {
      when: {},
      symbol: 'symbol',
      time: 'time',
      price: 'price',
      size: 'size',
      isSizeOptional: true,
      ids: 'none',
    },
  ],
  quotes: [
    {
      when: {},
      has: ['bid', 'ask'],
      symbol: 'symbol',
      time: 'time',
      bid: 'bid',
      ask: 'ask',
      ids: 'none',
    },
  ],
};

/** By the name that `--format` takes. */
export const FRAME_LAYOUTS = {
  'binance-frames': binance,
  'coinbase-frames': coinbase,
  'kraken-frames': kraken,
  ticks,
} as const satisfies Readonly<Record<string, FrameLayout>>;

export type FrameFormat = keyof typeof FRAME_LAYOUTS;

export const isFrameFormat = (name: string): name is FrameFormat =>
  Object.hasOwn(FRAME_LAYOUTS, name);

/** What the ids of a layout's rows are. */
export function idsOf({ trades, quotes }: FrameLayout, price?: PriceOfQuotes): Ids {
  return (price === undefined ? trades : quotes)[0]?.ids ?? 'none';
}
