import { compute, computeTradeBars } from 'tardis-dev';
import type { NormalizedData, Trade, TradeBar } from 'tardis-dev';
import type { Row } from '../frame/table';
import type { BarLike } from '../work/crossings';
import type { Ticks } from '../work/ticks';
import { onEightSymbols } from './onEightSymbols';
import { analysing, deriving } from './stages';

const MINUTE = 60_000;

/** Its messages as its own mappers make them; one date serves as both stamps. */
async function* trades(ticks: Ticks): AsyncGenerator<Trade> {
  for (let row = 0; row < ticks.length; row += 1) {
    const timestamp = new Date((ticks.time[row] as number) / 1_000);
    yield {
      type: 'trade',
      symbol: ticks.symbols[ticks.symbol[row] as number] as string,
      exchange: 'binance',
      id: undefined,
      price: ticks.price[row] as number,
      amount: ticks.size[row] as number,
      side: 'buy',
      timestamp,
      localTimestamp: timestamp,
    };
  }
}

function barOf({ symbol, timestamp, open, high, low, close, volume, trades }: TradeBar): BarLike {
  const end = timestamp.valueOf() * 1_000;
  const start = end - MINUTE * 1_000;
  return { symbol, interval: '1m', start, end, open, high, low, close, volume, count: trades };
}

/** 1m bars by its `computeTradeBars`; the rest as in the other rows, on its bars only. */
export const tardis: Row = {
  name: 'tardis',
  title: 'tardis-dev computeTradeBars',
  prepare: onEightSymbols(async (ticks, crossings) => {
    const derive = deriving();
    const analyse = analysing(crossings);
    const messages: AsyncIterable<NormalizedData> = compute(
      trades(ticks),
      computeTradeBars({ kind: 'time', interval: MINUTE }),
    );
    for await (const message of messages) {
      if (message.type !== 'trade_bar') continue;
      for (const bar of derive(barOf(message as TradeBar))) analyse(bar);
    }
  }),
};
