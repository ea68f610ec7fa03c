import type { Tick } from '../../../streams';
import { seededRandom } from '../../../src/generate/random';

/** Two ticks of every symbol in every window, made as they are read; the last one closes the last window. */
export function* soakTicks(symbols: number, windowMs: number, lastMs: number): Generator<Tick> {
  const names = Array.from({ length: symbols }, (_, index) => `S${index + 1}`);
  const { uniform } = seededRandom(1);
  const prices = names.map(() => 100);
  const step = Math.floor((windowMs * 1_000) / (2 * symbols));
  const windows = Math.floor(lastMs / windowMs);
  for (let window = 0; window < windows; window += 1) {
    for (let place = 0; place < 2 * symbols; place += 1) {
      const index = place % symbols;
      const price = (prices[index] as number) + uniform() - 0.5;
      prices[index] = Math.max(1, price);
      yield {
        symbol: names[index] as string,
        time: window * windowMs * 1_000 + place * step,
        price: prices[index],
        size: 1,
      };
    }
  }
  yield { symbol: names[0] as string, time: lastMs * 1_000, price: 100, size: 1 };
}
