import type { PipelineOptions, StrategyFactory } from '../../../streams';
import { StageFailure, StrategyError } from '../../../streams';
import { wishOf } from '../../../streams/strategies/wrapStrategy';
import { market, MODULE, ran, strategy } from './runThreaded';

jest.setTimeout(120_000);

const symbols = ['A', 'B', 'C', 'D'];
const rows = market(7, 400);
const from = (rows[200] as (typeof rows)[number]).time;
const shape: PipelineOptions = { bars: '1s', derive: ['2s', '5s'], history: 20 };
const led: PipelineOptions = { ...shape, from, leadIn: '1d' };
const { reader, moments } =
  jest.requireActual<
    Record<'reader' | 'moments', (argument: unknown) => ReturnType<StrategyFactory>>
  >(MODULE);

describe('calls without a bar, with threads', () => {
  const wishes = wishOf(moments({}));
  const threads = { strategies: [{ ...strategy('moments', { symbols }), wishes }] };

  test.each(['clock', 'data'] as const)('%s-driven: as in one thread', async (mode) => {
    const alone = await ran(rows, { ...shape, strategies: [moments({ symbols })] });
    const { signals, outcome } = await ran(rows, { ...shape, mode, speed: 1_000, threads });
    expect(outcome).toBe('done');
    expect(signals).toEqual(alone.signals);
    expect(signals.filter(({ note }) => note?.startsWith('timer')).length).toBeGreaterThan(3);
  });

  test('behind a lead-in: as in a run over everything', async () => {
    const alone = await ran(rows, { ...shape, strategies: [moments({ symbols })] });
    const { signals } = await ran(rows, { ...led, speed: 1_000, threads });
    expect(signals).toEqual(alone.signals.filter(({ time }) => time > from));
  });
});

describe('a lead-in with threads', () => {
  test.each(['clock', 'data'] as const)(
    '%s-driven: bars, signals and everything that strategies can read are as in one thread over everything',
    async (mode) => {
      const alone = await ran(rows, { ...shape, strategies: [reader({ symbols })] });
      const { bars, signals, outcome, events } = await ran(rows, {
        ...led,
        mode,
        speed: 1_000,
        threads: { strategies: [strategy('reader', { symbols, later: 0.1 })] },
      });
      expect(outcome).toBe('done');
      expect(signals).toEqual(alone.signals.filter(({ time }) => time > from));
      expect(bars).toEqual(alone.bars.filter(({ end }) => end > from));
      const before = alone.signals.filter(({ time }) => time <= from);
      expect(events.filter(({ type }) => type === 'leadIn')).toMatchObject([
        { rows: 200, signals: before.length, errors: 0 },
      ]);
    },
  );

  test('names what does not come back', async () => {
    const { error } = await ran(rows, {
      ...led,
      threads: { strategies: [strategy('broken', { at: 3, how: 'hang' })], stageTimeout: 300 },
    });
    expect(error).toBeInstanceOf(StageFailure);
    expect((error as StageFailure).message).toMatch(/hangs.*broken/);
  });

  test('fails a strict run with the strategy and its bar', async () => {
    const { error } = await ran(rows, {
      ...led,
      strict: true,
      threads: { strategies: [strategy('broken', { at: 3, how: 'throw' })] },
    });
    expect(error).toBeInstanceOf(StrategyError);
    expect((error as StrategyError).message).toMatch(/broken.*it broke/);
  });

  test('names a thread that ends', async () => {
    const { error } = await ran(rows, {
      ...led,
      threads: { strategies: [strategy('broken', { at: 3, how: 'exit' })] },
    });
    expect((error as Error).message).toMatch(/exit code 3/);
  });

  test('can be stopped', async () => {
    const { outcome } = await ran(
      rows,
      { ...led, threads: { strategies: [strategy('broken', { at: 3, how: 'promise' })] } },
      (running) => {
        setTimeout(() => {
          running.stop();
        }, 2_000);
      },
    );
    expect(outcome).toBe('stopped');
  });
});
