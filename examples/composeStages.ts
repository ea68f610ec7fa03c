// examples/composeStages.ts
import { fromTicks } from 'barometer';
import { Readiness, VirtualClock } from 'barometer/operators';
import type { EdgeEvent } from 'barometer/operators';
import { analysis, coordinator, edge, Feed, History, parseInterval } from 'barometer/stages';
import { processor, StrategyRunner } from 'barometer/stages';
import { filter, Subject, tap } from 'rxjs';

const prices = [10, 11, 12, 11, 13];
const source = fromTicks(prices.map((price, s) => ({ symbol: 'SPY', time: s * 1e6, price })));
const history = new History([parseInterval('1s')]);
const feed = new Feed([source], history);
const runner = new StrategyRunner(history, [
  {
    name: 'follower',
    onBar: ({ close }, context) => {
      const before = context.history().last('close', 1) ?? close;
      return { side: close > before ? 'buy' : close < before ? 'sell' : 'flat' };
    },
  },
]);

const scheduler = new VirtualClock();
const events = new Subject<EdgeEvent>();
const common = { scheduler, events };
const processing = {
  ...common,
  edge: 'coordinator-processor',
  readiness: new Readiness(),
} as const;
const analysing = { ...common, edge: 'processor-analysis', readiness: new Readiness() } as const;

events.subscribe(({ type, edge: name }) => {
  if (type === 'backpressure') console.log(`${scheduler.now()} ms  ${name}: ${type}`);
});
coordinator(feed, { scheduler, speed: 1 })
  .pipe(
    edge({ ...processing, active: false }), // true would hold each bar until the processor is ready
    processor(history, { ...processing, serviceTime: 10 }),
    filter(({ bar }) => bar?.complete === true), // watermarks and unfinished bars end here
    tap(({ bar }) =>
      console.log(`${scheduler.now()} ms  ${bar?.symbol ?? ''} ${bar?.close ?? ''}`),
    ),
    edge({ ...analysing, active: false }),
    analysis(history, runner, { ...analysing, serviceTime: 1_500 }),
  )
  .subscribe({
    next: ({ side }) => console.log(`${scheduler.now()} ms  ${side}`),
    complete: () => console.log('done'),
  });

// prints:
// 1010 ms  SPY 10
// 2010 ms  SPY 11
// 2010 ms  processor-analysis: backpressure
// 2510 ms  flat
// 3010 ms  SPY 12
// 3010 ms  processor-analysis: backpressure
// 4010 ms  buy
// 4010 ms  SPY 11
// 4010 ms  processor-analysis: backpressure
// 5510 ms  buy
// 7010 ms  sell
// done
