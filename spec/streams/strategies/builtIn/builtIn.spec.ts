import fc from 'fast-check';
import { OptionError } from '../../../../operators';
import type { Bar, Signal, Strategy } from '../../../../streams';
import { breakout, busy, rsiReversion, smaCross } from '../../../../streams';
import { ticksOf } from '../../given';
import { simulated } from '../../world';
import { totalsIn } from '../../workOf';

const bars = (closes: readonly number[]): Bar[] =>
  closes.map((close, second) => ({
    symbol: 'A',
    interval: '1s',
    start: second * 1e6,
    end: (second + 1) * 1e6,
    open: close,
    high: close,
    low: close,
    close,
    volume: 1,
    count: 1,
    complete: true,
  }));

/** At which bars it says what, as [bar, side]; only what it says when it is warm. */
function saidBy(strategy: Strategy, closes: readonly number[]): (readonly [number, string])[] {
  return bars(closes).flatMap((bar, index) => {
    const answer = strategy.onBar(bar, {} as never) as Pick<Signal, 'side'> | undefined;
    const isWarm = strategy.isWarm?.('A', '1s') !== false;
    return answer === undefined || !isWarm ? [] : [[index, answer.side] as const];
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Averages as their definition says, all of them computed anew at every bar. */
function crossings(
  closes: readonly number[],
  fast: number,
  slow: number,
): (readonly [number, string])[] {
  const said: [number, string][] = [];
  let above = 0;
  closes.forEach((_, index) => {
    if (index + 1 < slow) return;
    const until = closes.slice(0, index + 1);
    const now = Math.sign(mean(until.slice(-fast)) - mean(until.slice(-slow))) || above;
    if (above !== 0 && now !== above) said.push([index, now > 0 ? 'buy' : 'sell']);
    above = now;
  });
  return said;
}

// No index of prices in eighths lies on these: the last digit of a division decides nothing.
const LOW = 30 + Math.SQRT2 / 100;
const HIGH = 70 + Math.SQRT2 / 100;

/** Wilder's relative strength index, from its definition: smoothed gains against smoothed losses. */
function reversions(closes: readonly number[], period: number): (readonly [number, string])[] {
  const said: [number, string][] = [];
  let gain = 0;
  let loss = 0;
  let zone = 0;
  for (let index = 1; index < closes.length; index += 1) {
    const change = (closes[index] as number) - (closes[index - 1] as number);
    const up = Math.max(change, 0);
    const down = Math.max(-change, 0);
    if (index <= period) {
      gain += up / period;
      loss += down / period;
      if (index < period) continue;
    } else {
      gain = (gain * (period - 1) + up) / period;
      loss = (loss * (period - 1) + down) / period;
    }
    const rsi = loss === 0 ? 100 : 100 - 100 / (1 + gain / loss);
    const before = zone;
    zone = rsi < LOW ? -1 : rsi > HIGH ? 1 : 0;
    if (zone !== 0 && zone !== before) said.push([index, zone < 0 ? 'buy' : 'sell']);
  }
  return said;
}

// Eighths are exact in binary, and so are their sums: no average differs by its last digit.
const closes = (): fc.Arbitrary<number[]> =>
  fc.array(
    fc.integer({ min: 800, max: 880 }).map((eighths) => eighths / 8),
    { maxLength: 80 },
  );

describe('sma-cross', () => {
  test('buys and sells where two moving averages cross', () => {
    fc.assert(
      fc.property(closes(), (prices) => {
        expect(saidBy(smaCross({ fast: 2, slow: 4 }), prices)).toEqual(crossings(prices, 2, 4));
      }),
    );
  });

  test('a case by hand', () => {
    expect(saidBy(smaCross({ fast: 1, slow: 2 }), [5, 4, 6, 7, 3])).toEqual([
      [2, 'buy'],
      [4, 'sell'],
    ]);
  });

  test('fast must be less than slow', () => {
    expect(() => smaCross({ fast: 30 })).toThrow(OptionError);
  });
});

describe('rsi-reversion', () => {
  test("goes by Wilder's index", () => {
    fc.assert(
      fc.property(closes(), (prices) => {
        expect(saidBy(rsiReversion({ period: 5, low: LOW, high: HIGH }), prices)).toEqual(
          reversions(prices, 5),
        );
      }),
    );
  });

  test('low must be less than high', () => {
    expect(() => rsiReversion({ low: 70, high: 30 })).toThrow(OptionError);
  });
});

describe('breakout', () => {
  const source = (): ReturnType<typeof ticksOf> =>
    ticksOf(
      ...[5, 6, 5, 6, 5, 6, 9, 9, 2, 2].flatMap((price, second) => [
        `A ${second} ${price}`,
        `B ${second}.5 ${price * 10}`,
      ]),
      'A 10 1',
    );

  test('reads two intervals of two symbols, and says what it read', async () => {
    const { signals } = await simulated([source()], {
      bars: '1s',
      derive: ['2s'],
      strategies: [() => breakout({ bars: 2 })],
    });
    const heard = signals.map((text) => JSON.parse(text) as Signal);
    expect(heard.map(({ symbol, time, side }) => `${symbol} ${time / 1e6} ${side}`)).toEqual([
      'A 7 buy',
      'B 7 buy',
      'A 8 buy',
      'B 8 buy',
      'A 9 sell',
      'B 9 sell',
      'A 10 sell',
      'B 10 sell',
    ]);
    // B's bar that ends at 7 comes after A's: A can't have seen it.
    expect(heard[0]?.note).toBe(
      'A 1s 7@7000000; A 2s 3@6000000; B 1s 6@6000000; B 2s 3@6000000; drift 10; range 5..6',
    );
    expect(heard[1]?.note).toBe(
      'B 1s 7@7000000; B 2s 3@6000000; A 1s 7@7000000; A 2s 3@6000000; drift 3; range 50..60',
    );
  });

  test('alone with one symbol and interval, it reads itself', async () => {
    const { signals } = await simulated([ticksOf('A 0 5', 'A 1 5', 'A 2 9', 'A 3 1')], {
      bars: '1s',
      strategies: [() => breakout({ bars: 2 })],
    });
    expect(signals).toHaveLength(1);
  });

  test('an interval that the run does not have is an error of its own, which is told', async () => {
    const { events } = await simulated([source()], {
      bars: '1s',
      strategies: [() => breakout({ slow: '15m' })],
    });
    expect(totalsIn(events)).toContainEqual(
      expect.objectContaining({
        error: "slow is '15m', but must be one of 1s",
      }),
    );
  });

  test.each([
    ['a bar of the future', 5, /look-ahead/],
    ['a newest row that is not the bar', -1, /not the bar that woke it/],
  ])('catches %s', (_title, shift, message) => {
    const [bar] = bars([10]) as [Bar];
    const end = bar.end + shift;
    const view = { time: end, length: 1, last: () => end };
    const context = {
      time: bar.end,
      symbols: ['A'],
      intervals: ['1s'],
      history: () => view,
    };
    expect(() => breakout().onBar(bar, context as never)).toThrow(message);
  });

  test.each([0, 1.5, NaN])('%d bars make no range', (count) => {
    expect(() => breakout({ bars: count })).toThrow(OptionError);
  });
});

describe('busy', () => {
  test('works for as long as was asked, and says nothing', () => {
    const [bar] = bars([1]) as [Bar];
    const began = performance.now();
    expect(busy({ us: 2_000 }).onBar(bar, {} as never)).toBeUndefined();
    expect(performance.now() - began).toBeGreaterThanOrEqual(2);
  });

  test.each([-1, NaN, Infinity])('%d is no time', (us) => {
    expect(() => busy({ us })).toThrow(OptionError);
  });
});
