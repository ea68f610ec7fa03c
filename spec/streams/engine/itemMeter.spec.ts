import { pipeline } from '../../../streams';
import type { ItemMeter, Strategy } from '../../../streams';
import { fromBars } from '../../../streams/sources';

const MINUTE = 60_000_000;
const bar = (symbol: string, minute: number) => ({
  symbol,
  interval: '1m',
  start: minute * MINUTE,
  end: (minute + 1) * MINUTE,
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume: 1,
  count: 1,
  complete: true,
});

const strategy = (name: string, intervals: readonly string[]): Strategy => ({
  name,
  intervals,
  onBar: () => undefined,
});

/** What a meter is told in a run of two symbols over two minutes, 1m and 2m bars. */
async function told(): Promise<string[]> {
  const heard: string[] = [];
  const meter: ItemMeter = {
    onProcessed: ({ bar }, took) => heard.push(`P ${bar?.symbol ?? 'watermark'} ${took}`),
    onHandOver: ({ bar }) => heard.push(`> ${bar?.symbol ?? ''} ${bar?.interval ?? ''}`),
    onCharge: (index) => heard.push(`$ ${index}`),
    onAnalyzed: ({ bar }, took) =>
      heard.push(`A ${bar?.symbol ?? ''} ${bar?.interval ?? ''} ${took}`),
  };
  const flow = pipeline(
    [fromBars([bar('SPY', 0), bar('QQQ', 0), bar('SPY', 1)], { interval: MINUTE })],
    {
      derive: ['2m'],
      strategies: [strategy('both', ['1m', '2m']), strategy('long', ['2m'])],
      serviceTimes: { processor: 2, analysis: 1 },
      itemMeter: meter,
    },
  );
  flow.start();
  await flow.ended;
  return heard;
}

describe('itemMeter', () => {
  it('is told of items in the order of service, of their outputs, and of each strategy in them', async () => {
    expect(await told()).toEqual([
      'P SPY 2',
      '> SPY 1m',
      '$ 0',
      'A SPY 1m 1',
      'P QQQ 2',
      '> QQQ 1m',
      '$ 0',
      'A QQQ 1m 1',
      'P SPY 2',
      '> SPY 1m',
      '$ 0',
      'A SPY 1m 1',
      'P watermark 2',
      '> SPY 2m',
      '$ 0',
      '$ 1',
      '> QQQ 2m',
      'A SPY 2m 1',
      '$ 0',
      '$ 1',
      // With the last watermark the stream ends; at one instant the analysis comes first.
      'A QQQ 2m 1',
      'P watermark 2',
    ]);
  });
});
