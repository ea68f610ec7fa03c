// examples/ownStrategy.ts
import { replay, fromTicks } from 'barometer';
import type { Strategy } from 'barometer';

/** Answers at once. It sees history through views on columns: nothing is copied, nothing is of the future. */
const breakout: Strategy = {
  name: 'breakout',
  symbols: ['SPY'],
  intervals: ['1s'],
  onBar(bar, context) {
    const before = context.history().high.subarray(-4, -1);
    if (before.length < 3 || bar.close <= Math.max(...before)) return undefined;
    return { side: 'buy', strength: bar.close / Math.max(...before) - 1 };
  },
};

/** Answers when it knows: until then the analysis stage is busy, and that is measured as its service time. */
const oracle = (): Strategy => ({
  name: 'oracle',
  intervals: ['5s'],
  async onBar({ open, close }) {
    const trend = await Promise.resolve(close - open); // a model, a database, another process
    return { side: trend > 0 ? 'buy' : 'sell', note: `${trend > 0 ? '+' : ''}${trend}` };
  },
});

const prices = [500, 501, 502, 501, 503, 502, 500, 499, 498, 500];
const source = fromTicks(
  prices.map((price, second) => ({ symbol: 'SPY', time: second * 1_000_000, price, size: 100 })),
);
const run = replay(source, {
  bars: '1s',
  derive: ['5s'],
  strategies: [breakout, oracle],
  to: 10_000_000,
});
run.signals$.subscribe(({ strategy, side, time, note = '' }) => {
  console.log(`${time / 1e6} s  ${strategy}  ${side}  ${note}`.trim());
});
void run.start().done.then(({ bars, signals }) => {
  console.log(`${bars.base} bars of 1s, ${bars.derived} of 5s, ${signals} signals`);
});

// prints:
// 5 s  breakout  buy
// 5 s  oracle  buy  +3
// 10 s  oracle  sell  -2
// 10 bars of 1s, 2 of 5s, 3 signals
