import type { FileOptions, Report, ReplayOptions, Signal, Bar } from '../../src';
import { breakout, busy, openFiles, replay, smaCross } from '../../src';
import { describeWithSharedData, sharedData } from '../support/sharedData';

const BINANCE = [
  'binance-spot/BTCUSDT-trades-2024-08-08.zip',
  'binance-spot/ETHUSDT-trades-2024-08-08.zip',
];
const FX = ['fx/EURUSD-quotes-2014-05-02.csv.gz', 'fx/NZDUSD-quotes-2014-05-02.csv.gz'];

interface Replayed {
  readonly report: Report;
  readonly bars: readonly Bar[];
  readonly signals: readonly Signal[];
}

async function replayed(
  files: readonly string[],
  options: ReplayOptions,
  session: FileOptions = {},
): Promise<Replayed> {
  const run = replay(await openFiles(files.map(sharedData), session), options);
  const bars: Bar[] = [];
  const signals: Signal[] = [];
  run.bars$.subscribe((bar) => bars.push(bar));
  run.signals$.subscribe((signal) => signals.push(signal));
  return { report: await run.start().done, bars, signals };
}

const counted = ({ edges }: Report): number[] =>
  Object.values(edges).flatMap(({ backpressure, overruns, dropped, discarded }) =>
    [backpressure, overruns, dropped, discarded].map(Number),
  );
const delivered = ({ edges }: Report): string[] =>
  Object.values(edges).map(({ delivered: count }) => count);

jest.setTimeout(60_000);

describeWithSharedData('a replay of recorded ticks', () => {
  const seconds: ReplayOptions = { bars: '1s', derive: ['5s', '1m'] };

  describe('data-driven', () => {
    test('two zip files of trades: every tick, no event', async () => {
      const { report } = await replayed(BINANCE, {
        ...seconds,
        mode: 'data',
        strategies: [smaCross],
      });
      expect(report.bars.ticks).toBe('15863');
      expect(counted(report)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
      expect(report.edges['processor-analysis'].grade).toBe('n/a');
    });

    test('two files of quotes: every tick, no event', async () => {
      const { report } = await replayed(FX, {
        bars: '1m',
        derive: ['5m'],
        mode: 'data',
        strategies: [smaCross],
      });
      expect(report.bars.ticks).toBe('169845');
      expect(counted(report)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    });
  });

  describe('clock-driven with a strategy that is too slow', () => {
    const strategies = [smaCross, breakout, () => busy({ us: 5_000 })];

    test('names analysis, most of its events behind, and changes nothing but time', async () => {
      const slow = await replayed(BINANCE, { ...seconds, strategies, speed: 240 });
      const data = await replayed(BINANCE, {
        ...seconds,
        strategies: [smaCross, breakout, () => busy({ us: 0 })],
        mode: 'data',
      });
      expect(slow.report.verdict.culprit).toBe('analysis');
      const { backpressure, behind, grade } = slow.report.edges['processor-analysis'];
      expect(Number(behind)).toBeGreaterThan(Number(backpressure) / 2);
      expect(grade).toBe('high');
      expect(delivered(slow.report)).toEqual(delivered(data.report));
      expect(slow.bars).toEqual(data.bars);
      expect(slow.signals).toEqual(data.signals);
      expect(slow.signals.some(({ strategy }) => strategy === 'breakout')).toBe(true);
      expect(slow.report.stages.analysis.strategies['breakout']?.errors).toBe('0');
    });

    test('on the wall clock tells the same story', async () => {
      const from = Date.UTC(2024, 7, 8, 23, 56) * 1_000;
      const session = { from, to: from + 60_000_000 };
      const options = { ...seconds, strategies, speed: 240, ...session };
      const simulated = await replayed(BINANCE, options, session);
      const wall = await replayed(BINANCE, { ...options, time: 'wall' }, session);
      expect(wall.report.verdict.culprit).toBe('analysis');
      expect(simulated.report.verdict.culprit).toBe('analysis');
      for (const { report } of [wall, simulated]) {
        const { backpressure, behind } = report.edges['processor-analysis'];
        expect(Number(behind)).toBeGreaterThan(Number(backpressure) / 2);
      }
      expect(delivered(wall.report)).toEqual(delivered(simulated.report));
      expect(wall.signals).toEqual(simulated.signals);
    });
  });

  test('clock-driven at market speed with a quick strategy: bursts only, and nobody is to blame', async () => {
    const { report } = await replayed(BINANCE, {
      ...seconds,
      strategies: [() => busy({ us: 50 })],
    });
    for (const { burst, behind, backpressure, grade } of Object.values(report.edges)) {
      expect(Number(backpressure)).toBeGreaterThan(0);
      expect([behind, burst, grade]).toEqual(['0', backpressure, 'perfect']);
    }
    expect(report.verdict.culprit).toBe('none');
  });

  test('of one symbol, without derived intervals and with nothing slow, has no event', async () => {
    const { report } = await replayed(BINANCE.slice(0, 1), { bars: '1s', strategies: [smaCross] });
    expect(counted(report)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(Object.values(report.edges).map(({ grade }) => grade)).toEqual(['perfect', 'perfect']);
  });

  test('gives the second symbol its last minute, in its 5m bar', async () => {
    const { bars } = await replayed(FX, { bars: '1m', derive: ['5m'], mode: 'data' });
    const [, second] = ['EURUSD', 'NZDUSD'];
    const five = bars.filter(({ symbol, interval }) => symbol === second && interval === '5m');
    const minutes = new Map(
      bars.flatMap((bar) =>
        bar.symbol === second && bar.interval === '1m' ? [[bar.end, bar] as const] : [],
      ),
    );
    const closing = five.filter(({ end }) => minutes.has(end));
    expect(closing.length).toBeGreaterThan(100);
    for (const { end, close } of closing) expect(close).toBe(minutes.get(end)?.close);
  });

  test('judges a strategy that awaits 5 ms a bar by those, in simulated and wall time', async () => {
    const from = Date.UTC(2024, 7, 8, 23, 56) * 1_000;
    const session = { from, to: from + 12_000_000 };
    const awaits = {
      name: 'awaits',
      onBar: () => new Promise<void>((resolve) => setTimeout(resolve, 5)),
    };
    const options = { ...seconds, ...session, strategies: [awaits] };
    for (const time of ['simulated', 'wall'] as const) {
      // A second of market lasts 200 ms: two symbols and their derived bars take 10 to 20 of them.
      const calm = await replayed(BINANCE, { ...options, time, speed: 5 }, session);
      // A timer of 5 ms may come 1 ms too early.
      expect(calm.report.stages.analysis.meanMs).toBeGreaterThanOrEqual(4);
      expect(calm.report.verdict.culprit).toBe('none');
      // It lasts 4 ms.
      const hurried = await replayed(BINANCE, { ...options, time, speed: 250 }, session);
      expect(hurried.report.verdict.culprit).toBe('analysis');
      const { behind, delivered: updates } = hurried.report.edges['processor-analysis'];
      expect(Number(behind)).toBeGreaterThan(Number(updates) / 2);
    }
  });
});
