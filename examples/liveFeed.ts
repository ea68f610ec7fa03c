// examples/liveFeed.ts
import { live } from 'barometer';
import { fromAsyncIterable } from 'barometer/sources';

/** Stands for a client library, such as ccxt's watchTrades or tardis-dev's streamNormalized. */
async function* trades() {
  for (const id of [1, 2, 3, 5, 6]) {
    yield { symbol: 'BTC/USDT', time: Date.now() * 1000, price: 60_000 + id, size: 0.1, id };
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

void live(fromAsyncIterable(trades(), 'exchange'), { bars: 'tick' })
  .start()
  .done.then(({ feed }) => {
    console.log(`${feed?.received} trades, ${feed?.missing} missing`);
  });

// prints:
// 5 trades, 1 missing
