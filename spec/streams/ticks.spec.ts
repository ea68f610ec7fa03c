import fc from 'fast-check';
import type {
  PipelineEvent,
  PipelineOptions,
  Quote,
  RowSource,
  Strategy,
  Trade,
} from '../../streams';
import { pipeline, smaCross } from '../../streams';
import { fromQuotes as quotes, fromTicks as ticks } from '../../streams/sources';
import { repetitions } from '../support/properties';
import { S } from './given';
import { countsOn, simulated, traceOf } from './world';
import { marketsIn, totalsIn } from './workOf';

interface Market {
  readonly trades: readonly Trade[];
  readonly quotes: readonly Quote[];
}

const second = (time: number): number => time / S;

const trade = (time: number, price: number, side?: Trade['side'], symbol = 'A'): Trade => ({
  symbol,
  time: time * S,
  price,
  size: 1,
  side,
});

const quote = (time: number, bid: number, ask: number | undefined, symbol = 'A'): Quote => ({
  symbol,
  time: time * S,
  bid,
  ask,
  bidSize: 2,
  askSize: ask === undefined ? undefined : 3,
});

const sourcesOf = (market: Market): RowSource[] => [
  { ...quotes(market.quotes), symbols: () => market.quotes.map(({ symbol }) => symbol) },
  {
    ...ticks(market.trades),
    kind: 'trades',
    symbols: () => market.trades.map((each) => each.symbol),
  },
];

/** Tells in signals everything that it hears, and the quote that stands. */
const listener = (): Strategy => ({
  name: 'listener',
  onBar: (bar, { quote: best }) => ({
    side: 'flat',
    note: `bar ${bar.symbol} ${second(bar.end)} ${bar.close} at ${best()?.bid ?? '-'}`,
  }),
  onTrade: ({ symbol, time, price, size, side }, { quote: best }) => ({
    side: side ?? 'flat',
    note: `trade ${symbol} ${second(time)} ${price}x${size} at ${best()?.bid ?? '-'}`,
  }),
  onQuote: ({ symbol, time, bid, ask, bidSize, askSize }, context) => ({
    side: 'flat',
    note: `quote ${symbol} ${second(time)} ${bid ?? '-'}x${bidSize ?? '-'} ${ask ?? '-'}x${askSize ?? '-'} ${second(context.time)}`,
  }),
});

const MARKET: Market = {
  quotes: [quote(0.5, 9, 11), quote(1, 10, 12), quote(2.25, 11, undefined)],
  trades: [trade(0.25, 10, 'buy'), trade(1, 11, 'sell'), trade(1.5, 12), trade(3.25, 13)],
};

const notesOf = (signals: readonly string[]): (string | undefined)[] =>
  signals.map((signal) => (JSON.parse(signal) as { note?: string }).note);

const LISTENED = [
  'trade A 0.25 10x1 at -',
  'quote A 0.5 9x2 11x3 0.5',
  'bar A 1 10 at 9',
  'quote A 1 10x2 12x3 1',
  'trade A 1 11x1 at 10',
  'trade A 1.5 12x1 at 10',
  'bar A 2 12 at 10',
  'quote A 2.25 11x2 -x- 2.25',
  'trade A 3.25 13x1 at 11',
];

test.each<[string, PipelineOptions]>([
  ['clock-driven', {}],
  ['data-driven', { mode: 'data' }],
  ['by the operators', { engine: 'operators' }],
  ['by the operators, data-driven', { engine: 'operators', mode: 'data' }],
])(
  'trades, quotes and bars come in order of time, each when it happened: %s',
  async (_, options) => {
    const strategies = [listener];
    const { signals } = await simulated(sourcesOf(MARKET), { bars: '1s', strategies, ...options });
    expect(notesOf(signals)).toEqual(LISTENED);
  },
);

test('on the wall clock', async () => {
  const options = { bars: '1s', strategies: [listener], speed: 100, time: 'wall' as const };
  const trace = traceOf(sourcesOf(MARKET), options);
  trace.flow.start();
  await trace.flow.ended;
  expect(notesOf(trace.signals)).toEqual(LISTENED);
});

test('the side of a trade is that of the aggressor', async () => {
  const { signals } = await simulated(sourcesOf(MARKET), { bars: '1s', strategies: [listener] });
  const sides = signals.map((signal) => JSON.parse(signal) as { side: string; note: string });
  expect(sides.filter(({ note }) => note.startsWith('trade')).map(({ side }) => side)).toEqual([
    'buy',
    'sell',
    'flat',
    'flat',
  ]);
});

test('a strategy hears of the symbols that it names alone', async () => {
  const heard: string[] = [];
  const picky: Strategy = {
    name: 'picky',
    symbols: ['B'],
    intervals: [],
    onBar: () => undefined,
    onTrade: ({ symbol }) => void heard.push(symbol),
  };
  const trades = [trade(0, 1), trade(1, 2, 'buy', 'B'), trade(2, 3)];
  await simulated([ticks(trades)], { bars: '1s', strategies: [picky] });
  expect(heard).toEqual(['B']);
});

test('they pass the stages one by one: offered, counted, served and charged', async () => {
  const slow: Strategy = { ...listener(), name: 'slow' };
  const { events } = await simulated(sourcesOf(MARKET), {
    bars: '1s',
    strategies: [slow],
    serviceTimes: { processor: 0, analysis: 400 },
  });
  expect(countsOn('processor-analysis', events)).toMatchObject({
    delivered: LISTENED.length,
    served: LISTENED.length,
    // Each of 400 ms: all but the first meet the one before.
    backpressure: 8,
  });
  const charged = { '1s': 0, trade: 0, quote: 0 };
  for (const { interval, items } of marketsIn(events)) {
    charged[interval as keyof typeof charged] += items;
  }
  expect(charged).toEqual({ '1s': 2, trade: 4, quote: 3 });
});

test('quotes that are only looked up make no items', async () => {
  const seen: (number | undefined)[] = [];
  const looking: Strategy = {
    name: 'looking',
    needsQuotes: true,
    onBar: (_, context) => void seen.push(context.quote()?.bid),
  };
  const { events } = await simulated(sourcesOf(MARKET), { bars: '1s', strategies: [looking] });
  expect(seen).toEqual([9, 10]);
  expect(countsOn('processor-analysis', events).delivered).toBe(2);
});

test('to look up a quote that nobody asked for is an error that says how to ask', async () => {
  const strategy: Strategy = { name: 'x', onBar: (_, context) => void context.quote() };
  const { events } = await simulated(sourcesOf(MARKET), { bars: '1s', strategies: [strategy] });
  const error = totalsIn(events).find((totals) => totals.error !== undefined)?.error;
  expect(error).toMatch(/onQuote, or needsQuotes: true/);
});

test('quotes make no bars of a symbol that has trades, and those of one that has none', async () => {
  const market = {
    ...MARKET,
    quotes: [...MARKET.quotes, quote(2.5, 1, 3, 'Q'), quote(4, 1, 5, 'Q')],
  };
  const { bars } = await simulated(sourcesOf(market), { bars: '1s' });
  expect(bars).toEqual([
    'A 1s [0,1) 10 10 10 10 v1 n1',
    'A 1s [1,2) 11 12 11 12 v2 n2',
    'Q 1s [2,3) 2 2 2 2 v0 n1',
    'A 1s [3,4) 13 13 13 13 v1 n1',
    'Q 1s [4,5) 3 3 3 3 v0 n1 open',
  ]);
});

/** Trades and quotes of two symbols on a grid of quarters of a second. */
const markets = (): fc.Arbitrary<Market> =>
  fc
    .array(
      fc.record({
        step: fc.constantFrom(0, 0, 0.25, 0.5, 1, 3),
        symbol: fc.constantFrom('A', 'B'),
        price: fc.integer({ min: 2, max: 9 }),
        isQuote: fc.boolean(),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((steps) => {
      let time = 0;
      const all = steps.map((step) => ({ ...step, time: (time += step.step) }));
      return {
        trades: all
          .filter(({ isQuote }) => !isQuote)
          .map(({ time: at, price, symbol }) => trade(at, price, 'buy', symbol)),
        quotes: all
          .filter(({ isQuote }) => isQuote)
          .map(({ time: at, price, symbol }) => quote(at, price - 1, price + 1, symbol)),
      };
    });

test('law: to listen to ticks changes neither bars nor signals of other strategies', async () => {
  await fc.assert(
    fc.asyncProperty(markets(), async (market) => {
      // Of symbols that are only quoted, quotes make the bars either way; the end is the last trade's.
      const known = new Set(market.trades.map(({ symbol }) => symbol));
      const last = market.trades.at(-1)?.time ?? -1;
      const heard = {
        trades: market.trades,
        quotes: market.quotes.filter(({ symbol, time }) => known.has(symbol) && time <= last),
      };
      const sma = () => smaCross({ fast: 1, slow: 2 });
      const base = { bars: '1s', derive: ['3s'] };
      const without = await simulated(sourcesOf(heard), { ...base, strategies: [sma] });
      const withTicks = await simulated(sourcesOf(heard), { ...base, strategies: [sma, listener] });
      expect(withTicks.bars).toEqual(without.bars);
      const own = withTicks.signals.filter((signal) => signal.includes('"sma-cross"'));
      expect(own).toEqual(without.signals);
    }),
    repetitions(20),
  );
});

test('law: at any time the quote that stands is the last one there was, and no later one', async () => {
  await fc.assert(
    fc.asyncProperty(markets(), async ({ trades, quotes: given }) => {
      const found: (number | undefined)[] = [];
      const looking: Strategy = {
        name: 'looking',
        onBar: () => undefined,
        onTrade: ({ symbol }, context) => void found.push(context.quote(symbol)?.bid),
        needsQuotes: true,
      };
      await simulated(sourcesOf({ trades, quotes: given }), { bars: '1s', strategies: [looking] });
      const expected = trades.map(
        ({ time, symbol }) =>
          given.filter((each) => each.symbol === symbol && each.time <= time).at(-1)?.bid,
      );
      expect(found).toEqual(expected);
    }),
    repetitions(20),
  );
});

test('law: both engines tell the same of ticks, event for event', async () => {
  await fc.assert(
    fc.asyncProperty(markets(), fc.constantFrom('clock', 'data'), async (market, mode) => {
      const options: PipelineOptions = {
        bars: '1s',
        mode,
        strategies: [listener],
        stopwatch: () => 0,
        serviceTimes: { processor: 100, analysis: 300 },
      };
      const [loop, operators] = [
        await simulated(sourcesOf(market), options),
        await simulated(sourcesOf(market), { ...options, engine: 'operators' }),
      ];
      expect(loop.signals).toEqual(operators.signals);
      // What it takes to read and build is real time; how far was read ahead is each engine's own.
      const told = (events: readonly PipelineEvent[]): unknown[] =>
        events
          .filter(
            (event) =>
              event.type !== 'ingested' &&
              (event.type !== 'served' || event.stage !== 'coordinator'),
          )
          .map((event) =>
            event.type === 'window'
              ? { ...event, busyMs: { ...event.busyMs, coordinator: 0 } }
              : event,
          );
      expect(told(loop.events)).toEqual(told(operators.events));
    }),
    repetitions(20),
  );
});

test('nothing is asked of a source where no strategy wants ticks', () => {
  const asked: unknown[] = [];
  const source = ticks([trade(0, 1)]);
  const watched: RowSource = {
    ...source,
    batches: (options) => {
      asked.push(options);
      return source.batches(options);
    },
  };
  pipeline([watched], { bars: '1s', strategies: [smaCross({ fast: 1, slow: 2 })] }).start();
  expect(asked).toEqual([undefined]);
});
