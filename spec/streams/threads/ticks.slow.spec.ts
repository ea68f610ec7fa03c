import type { PipelineOptions, Signal, Strategy, Tick } from '../../../streams';
import { pipeline } from '../../../streams';
import { fromTicks as ticks } from '../../../streams/sources';
import { MODULE, strategy } from './runThreaded';

jest.setTimeout(60_000);

const { listener } = jest.requireActual<{ listener: () => Strategy }>(MODULE);

/** Trades of two symbols, each with the quote that it met. */
const market: readonly Tick[] = Array.from({ length: 3_000 }, (_, at) => ({
  symbol: at % 3 === 0 ? 'A' : 'B',
  time: 1_700_000_000e6 + at * 1_700,
  price: 100 + (at % 17),
  size: 1 + (at % 4),
  side: at % 5 < 2 ? 'buy' : 'sell',
  ...(at % 7 !== 0 && { bid: 99 + (at % 17), ask: 101 + (at % 17), bidSize: at, askSize: 2 * at }),
}));

async function heard(options: PipelineOptions): Promise<readonly Signal[]> {
  const flow = pipeline([ticks(market)], { bars: '1s', derive: ['2s'], ...options });
  const signals: Signal[] = [];
  flow.signals$.subscribe((signal) => signals.push(signal));
  flow.start();
  expect((await flow.ended).error).toBeUndefined();
  return signals;
}

test.each(['clock', 'data'] as const)(
  'strategies in a thread hear of trades and quotes as they do in this one: %s',
  async (mode) => {
    const wishes = { trades: true, quotes: 'delivered' as const };
    const threads = { strategies: [{ ...strategy('listener'), wishes }] };
    const threaded = await heard({ mode, speed: 100, threads });
    expect(threaded).toEqual(await heard({ mode, strategies: [listener] }));
    expect(threaded.filter(({ interval }) => interval === 'quote')).toHaveLength(2_571);
  },
);
