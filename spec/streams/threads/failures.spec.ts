import { StrategyError } from '../../../streams';
import type { PipelineOptions } from '../../../streams';
import { StageFailure } from '../../../streams/threads/stageFailure';
import { edgeCount, market, ran, servedCount, strategy } from './runThreaded';
import type { Ran } from './runThreaded';
import { totalsIn } from '../workOf';

jest.setTimeout(120_000);

const source = market(7, 300);

const broken = (how: string, more: Partial<PipelineOptions> = {}): Promise<Ran> =>
  ran(source, {
    bars: '1s',
    speed: 5_000,
    ...more,
    threads: { strategies: [strategy('broken', { at: 20, how })], stageTimeout: 400 },
  });

/** Conservation, where no gate held anything: what was delivered was served, or is accounted for. */
function expectConservation(of: Ran): void {
  const first = 'coordinator-processor';
  expect(edgeCount(of, first, 'delivered')).toBe(
    servedCount(of, 'processor') + edgeCount(of, first, 'discarded'),
  );
  const second = 'processor-analysis';
  expect(edgeCount(of, second, 'delivered')).toBe(
    servedCount(of, 'analysis') + edgeCount(of, second, 'discarded'),
  );
}

describe('a stage whose thread comes to grief', () => {
  it.each([
    ['exit', /analysis ended its thread with exit code 3, in strategy broken, on [A-D] 1s of 1970/],
    ['hang', /analysis hangs: .* 400 ms, in strategy broken, on [A-D] 1s of 1970/],
    ['promise', /analysis hangs: .* 400 ms, in strategy broken, on [A-D] 1s of 1970/],
    ['blue', /analysis broke: out of the blue, in strategy broken, on [A-D] 1s of 1970/],
  ])('%s: ends the run, which says where, and accounts for every item', async (how, message) => {
    const { outcome, error, ...rest } = await broken(how);
    expect(outcome).toBe('failed');
    expect(error).toBeInstanceOf(StageFailure);
    expect((error as Error).message).toMatch(message);
    expectConservation({ outcome, error, ...rest });
  });

  it('a strategy that throws is counted, and the run goes on', async () => {
    const actual = await broken('throw');
    expect(actual.outcome).toBe('done');
    const errors = totalsIn(actual.events).flatMap(({ errors, error }) =>
      errors > 0 ? [[errors, error]] : [],
    );
    expect(errors).toEqual([[1, 'it broke']]);
  });

  it('or, strictly, fails the run', async () => {
    const { outcome, error } = await broken('throw', { strict: true });
    expect(outcome).toBe('failed');
    expect(error).toBeInstanceOf(StrategyError);
    expect((error as Error).message).toMatch(/strategy broken, on [A-D] 1s of 1970-.*: it broke/);
  });

  it('a strategy that cannot be made fails the run before it begins', async () => {
    const { outcome, error, events } = await ran(source, {
      threads: { strategies: [strategy('unloadable')] },
    });
    expect(outcome).toBe('failed');
    expect((error as Error).message).toMatch('no strategy today');
    expect(events).toEqual([]);
  });
});

describe('stop and switches across threads', () => {
  it('what is changed before the threads are ready is told like any other change', async () => {
    const { outcome, events } = await ran(
      source,
      { bars: '1s', speed: 50_000, threads: { strategies: [] } },
      (running) => {
        queueMicrotask(() => {
          running.setMode('data');
          running.setSpeed(70_000);
          running.pause();
          running.resume();
        });
      },
    );
    expect(outcome).toBe('done');
    expect(events.slice(0, 4)).toEqual([
      { type: 'mode', at: 0, mode: 'data' },
      { type: 'speed', at: 0, speed: 70_000 },
      { type: 'paused', at: 0 },
      { type: 'resumed', at: 0 },
    ]);
    expect(edgeCount({ events }, 'coordinator-processor', 'backpressure')).toBe(0);
  });

  it('whatever the stages and rings hold is discarded and counted', async () => {
    const actual = await ran(
      market(8, 3_000),
      {
        bars: '1s',
        speed: 50_000,
        threads: { strategies: [strategy('reader', { us: 2_000 })] },
      },
      (running) => {
        const stopping = running.events$.subscribe((event) => {
          if (event.type !== 'served' || event.stage !== 'analysis') return;
          stopping.unsubscribe();
          running.stop();
        });
      },
    );
    expect(actual.outcome).toBe('stopped');
    expect(edgeCount(actual, 'processor-analysis', 'discarded')).toBeGreaterThan(0);
    expectConservation(actual);
  });

  it('nothing is lost, doubled or reordered when modes, speeds and pauses change', async () => {
    const markets = market(9, 2_000);
    const options = { bars: '1s', derive: ['5s'], speed: 2_000 } as const;
    const expected = await ran(markets, { ...options, time: 'simulated' });
    const actual = await ran(
      markets,
      {
        ...options,
        threads: { strategies: [strategy('reader', { us: 300, seed: 2 })] },
      },
      (running) => {
        let windows = 0;
        running.events$.subscribe((event) => {
          if (event.type !== 'window') return;
          windows += 1;
          if (windows % 5 === 1) running.setMode('data');
          if (windows % 5 === 2) running.setMode('clock');
          if (windows % 5 === 3) running.setSpeed(windows % 2 === 0 ? 3_000 : 1_000);
          if (windows % 5 === 4) {
            running.pause();
            running.resume();
          }
        });
      },
    );
    expect(actual.outcome).toBe('done');
    expect(JSON.stringify(actual.bars)).toBe(JSON.stringify(expected.bars));
    expectConservation(actual);
    expect(edgeCount(actual, 'processor-analysis', 'delivered')).toBe(actual.signals.length);
  });
});
