import { sensitivitiesOf } from '../../../src/capacity/sensitivity';
import type { Sensitivity } from '../../../src/capacity/sensitivity';
import type { Change } from '../../../src/capacity/change';
import { spanOf } from '../../../src/capacity/work';
import type { Timings } from '../../../src/journal';
import { timingsOf } from './timingsOf';

const COUNT = 200;
const numbers = Array.from({ length: COUNT }, (_, index) => index);

/** Every minute a bar that takes the processor 3 s and analysis 6 s: `light` a second of it, `heavy` five. */
const timings = timingsOf({
  strategies: ['light', 'heavy'],
  series: [['SPY', '1m']],
  items: numbers.map((n) => [60_000 * (n + 1), 0, 3_000] as const),
  updates: numbers.map((n) => {
    const parts = [[0, 1_000] as const, [1, 5_000] as const];
    return [n, 0, 6_000, parts] as const;
  }),
});
/** It keeps up to 60 / 6 as it is. */
const gains = (of: Timings, ...changes: Change[]) =>
  sensitivitiesOf(of, changes, spanOf(of, 0), 10);
const rounded = ({ kind, name, share, fasterSpeed, goneSpeed }: Sensitivity) => [
  `${kind} ${name}`,
  Number(share.toFixed(3)),
  Number(fasterSpeed.toFixed(1)),
  ...(goneSpeed === undefined ? [] : [Number(goneSpeed.toFixed(1))]),
];

describe('what would help', () => {
  it('is the speed at which the slowest server just does, with a fifth less of each thing, and without it', () => {
    expect(gains(timings).ranked.map(rounded)).toEqual([
      // Neither the only symbol and interval, nor all of the analysis: nobody is helped by that.
      // Without it, the processor is the slowest.
      ['strategy heavy', 0.556, 12, 20],
      ['strategy light', 0.111, 10.3, 12],
      ['stage processor', 0.333, 10],
    ]);
  });

  it('comes on top of what is changed already, and leaves out what is gone', () => {
    const gone: Change = { kind: 'strategy', name: 'heavy', factor: 0 };
    const half: Change = { kind: 'stage', name: 'processor', factor: 0.5 };
    const ranked = gains(timings, gone, half).ranked.map(rounded);
    expect(ranked.map(([name]) => name)).not.toContain('strategy heavy');
    // 1.5 s of processor before a second of analysis.
    expect(ranked.find(([name]) => name === 'stage processor')).toEqual([
      'stage processor',
      0.333,
      50,
    ]);
    expect(ranked.find(([name]) => name === 'strategy light')).toEqual([
      'strategy light',
      0.111,
      40,
      40,
    ]);
  });

  it('tries what is half gone all the same', () => {
    const half: Change = { kind: 'strategy', name: 'heavy', factor: 0.5 };
    expect(gains(timings, half).ranked.map(({ name }) => name)).toContain('heavy');
  });

  it('tries the twelve dearest of a kind, and says how many it did not', () => {
    const symbols = Array.from({ length: 15 }, (_, index) => `S${index}`);
    const items = symbols.map((_, index) => [60_000, index, 1 + index] as const);
    const many = timingsOf({ series: symbols.map((name) => [name, '1m']), items });
    const { ranked, untried } = gains(many);
    const tried = ranked.filter(({ kind }) => kind === 'symbol').map(({ name }) => name);
    expect(new Set(tried)).toEqual(new Set(symbols.slice(3)));
    expect([tried.length, untried]).toEqual([12, 3]);
  });

  it('shares out a watermark’s time to nobody but the stage', () => {
    const marked = timingsOf({
      series: [
        ['SPY', '1m'],
        ['QQQ', '5m'],
      ],
      intervals: ['1m', '5m'],
      items: [
        [60_000, 0, 30],
        [60_000, -1, 10],
      ],
      updates: [[0, 0, 60]],
    });
    const shares = gains(marked).ranked.map(({ kind, name, share }) => [`${kind} ${name}`, share]);
    expect(Object.fromEntries(shares)).toMatchObject({ 'symbol SPY': 0.9, 'interval 1m': 0.6 });
  });

  it('is nothing where nothing takes time', () => {
    const idle = timingsOf({ series: [['SPY', '1m']], items: [[60_000, 0, 0]] });
    const { ranked } = gains(idle);
    expect(ranked.map(({ share, fasterSpeed }) => [share, fasterSpeed])).toEqual(
      ranked.map(() => [0, Infinity]),
    );
  });
});
