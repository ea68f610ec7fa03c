import type { Strategy } from 'barometer';
import { marbles } from 'barometer/testing';
import { failing } from './failing';

/** Buys on every bar that wakes it. */
const keen = (changes: Partial<Strategy> = {}): Strategy => ({
  name: 'keen',
  onBar: () => ({ side: 'buy' }),
  ...changes,
});

describe('bars as marbles', () => {
  test('end at their frames, and letters are their symbols unless they say otherwise', () => {
    marbles(({ bars, replay, expectBars }) => {
      const run = replay(bars('-a-(bc)|', { b: { symbol: 'SPY', close: 2 }, c: 3 }));
      expectBars(run.bars$).toBe('-a-(bc)', {
        a: { symbol: 'a', interval: '1m', start: 0, end: 60_000_000, close: 1 },
        b: { symbol: 'SPY', interval: '1m', start: 120_000_000, open: 2, close: 2 },
        c: { symbol: 'c', high: 3, volume: 0 },
      });
      expectBars(run.bars$).toBe('-a-(bc|)');
    });
  });

  test('a strategy that listens to an interval of its own is woken where a window of it ends', () => {
    marbles(({ bars, replay, expectBars, expectSignals }) => {
      const recording = bars('-a-bcd----e-|', { a: 5, b: 7, c: 4, d: 6, e: 1 }, 'SPY');
      const run = replay(recording, { derive: ['5m'], strategies: [keen({ intervals: ['5m'] })] });
      const values = {
        V: { interval: '5m', open: 5, high: 7, low: 4, close: 6, coverage: 4 },
        W: { interval: '5m', close: 1, coverage: 1 },
      };
      expectBars(run.bars$).toBe('   -a-bc(dV)-(eW)', values);
      expectSignals(run.signals$).toBe('-----b----b');
    });
  });

  test('windows that are open where the recording ends are unfinished', () => {
    marbles(({ bars, replay, expectBars, expectSignals }) => {
      const run = replay(bars('-ab|'), {
        derive: ['5m'],
        strategies: [keen({ intervals: ['5m'] })],
      });
      const open = { interval: '5m', complete: false };
      expectBars(run.bars$).toBe('-ab(AB|)', {
        A: { symbol: 'a', ...open },
        B: { symbol: 'b', ...open },
      });
      expectSignals(run.signals$).toBe('---|');
    });
  });

  test('any base interval takes a frame, ticks a millisecond', () => {
    marbles(({ bars, replay, expectBars }) => {
      const hourly = replay(bars('-a--a|'), { bars: '1h' });
      expectBars(hourly.bars$).toBe('-a--a', { a: { interval: '1h' } });
      const ticks = replay(bars('a-(aa)|'), { bars: 'tick' });
      expectBars(ticks.bars$).toBe('a-(aa)', { a: { interval: 'tick' } });
    });
  });

  test.each([
    ['a-b', /a ends at frame 0, so it began before the run\. Begin with "-"/],
    ['-(aa)', /two bars of a end at frame 1/],
    ['-a#', /neither "\^" nor "#"/],
    ['-a^b', /neither "\^" nor "#"/],
  ])('refuses "%s"', (diagram, message) => {
    const error = failing(({ bars, replay }) => replay(bars(diagram)));
    expect(error).toMatchObject({
      code: 'MARBLE_INVALID',
      message: expect.stringMatching(message) as string,
    });
  });
});

describe('a replay in marbles', () => {
  test('counts where a stage does not keep up, by declared service times', () => {
    marbles(({ bars, replay, expectEdge, expectCounts, expectSignals }) => {
      const run = replay(bars('-abcd|'), {
        strategies: [keen()],
        serviceTimes: { processor: 1, analysis: 3 },
      });
      const [first, second] = [run.edges['coordinator-processor'], run.edges['processor-analysis']];
      expectEdge(first).toBe('        -DDDD');
      expectEdge(second).toBe('       --DBOO');
      expectSignals(run.signals$).toBe('-----b--b--b--b');
      expectCounts(second).toBe({ delivered: 4, behind: 3, overrun: 2 });
    });
  });

  test('service times may be those of the strategies that a bar wakes', () => {
    marbles(({ bars, replay, expectSignals }) => {
      const strategies = [keen(), keen({ name: 'choosy', symbols: ['s'] })];
      const analysis = { keen: 1, choosy: 2 };
      const run = replay(bars('-a----s----|'), { strategies, serviceTimes: { analysis } });
      expectSignals(run.signals$).toBe('--b------(kc)', {
        b: { strategy: 'keen', symbol: 'a' },
        k: { strategy: 'keen', symbol: 's' },
        c: { strategy: 'choosy', symbol: 's' },
      });
    });
  });

  test('a strategy that is not there takes no time', () => {
    const test = (): unknown =>
      marbles(({ bars, replay }) =>
        replay(bars('-a'), { strategies: [keen()], serviceTimes: { analysis: { ken: 1 } } }),
      );
    expect(test).toThrow(
      "serviceTimes.analysis is 'ken', but must be the name of a strategy: keen",
    );
  });

  test('modes switch where the marbles say, and in data-driven mode nothing is counted', () => {
    marbles(({ bars, replay, expectEdge, expectObservable, expectCounts }) => {
      const run = replay(bars('-a-b-c-d-e-f|'), {
        mode: 'c---d',
        serviceTimes: { processor: 3 },
      });
      expectObservable(run.mode$).toBe('c---d--------------|', { c: 'clock', d: 'data' });
      expectEdge(run.edges['coordinator-processor']).toBe('-D-B---D--D--D--D');
      expectCounts(run.edges['coordinator-processor']).toBe({ delivered: 6, behind: 1 });
    });
  });

  test('what a test does to a run, it does before what is due in that frame', () => {
    marbles(({ bars, replay, at, expectBars }) => {
      const run = replay(bars('-a-b-c-d|'));
      at(3, () => {
        run.pause();
      });
      at(5, () => {
        run.resume();
      });
      at(6, () => {
        run.setSpeed(0.5);
      });
      expectBars(run.bars$).toBe('-a---b--c---d');
    });
  });

  test('the report can be read after a flush, and holds no measured time', () => {
    marbles(({ bars, replay, flush }) => {
      const run = replay(bars('-abcdefgh|'), {
        strategies: [keen()],
        serviceTimes: { analysis: { keen: 4 } },
      });
      flush();
      const {
        verdict,
        edges,
        stages,
        run: { outcome },
      } = run.report();
      expect(outcome).toBeUndefined();
      expect(verdict.culprit).toBe('analysis');
      expect(edges['processor-analysis']).toMatchObject({ delivered: '8', behind: '7' });
      expect(stages.coordinator.busyShare).toBe(0);
      expect(stages.analysis.meanMs).toBe(4);
    });
  });

  test('its promise resolves as anywhere', async () => {
    const run = marbles(({ bars, replay }) => replay(bars('-a|')));
    const { bars } = await run.done;
    expect(bars.base).toBe('1');
  });

  test('one that has not ended is stopped when the test is over', async () => {
    const run = marbles(({ bars, replay, at }) => {
      const paused = replay(bars('-a-b|'));
      at(2, () => {
        paused.pause();
      });
      return paused;
    });
    expect(await run.done).toMatchObject({ run: { outcome: 'stopped' } });
  });

  test('and says so where it fails an expectation', () => {
    const { message } = failing(({ bars, replay, at, expectBars }) => {
      const run = replay(bars('-a-b|'));
      at(2, () => {
        run.pause();
      });
      expectBars(run.bars$).toBe('-a-b');
    });
    expect(message).toContain('The replay has not come to its end; is it paused?');
  });

  test.each<[string, Strategy['onBar'], RegExp]>([
    [
      'throws',
      () => {
        throw new Error('out of luck');
      },
      /strategy keen, on a 1m.*: out of luck/,
    ],
    ['promises', () => Promise.resolve(undefined), /answered with a promise, and none arrives/],
  ])('fails when a strategy %s', (_what, onBar, message) => {
    const error = failing(({ bars, replay }) =>
      replay(bars('-a'), { strategies: [keen({ onBar })] }),
    );
    expect(error).toMatchObject({
      code: 'MARBLE_RUN',
      message: expect.stringMatching(message) as string,
    });
  });

  test('unless the run is not strict', () => {
    marbles(({ bars, replay, expectSignals }) => {
      const faulty = keen({
        onBar: () => {
          throw new Error('out of luck');
        },
      });
      const run = replay(bars('-a-b|'), {
        strict: false,
        strategies: [faulty, keen({ name: 'well' })],
      });
      expectSignals(run.signals$).toBe('-b-(b|)');
    });
  });

  test.each(['x', '-c-|', 'c-#'])('knows no mode "%s"', (mode) => {
    expect(failing(({ bars, replay }) => replay(bars('-a'), { mode }))).toMatchObject({
      code: 'MARBLE_INVALID',
    });
  });

  test('bars and signals that differ are told', () => {
    const { message } = failing(({ bars, replay, expectBars, expectSignals }) => {
      const run = replay(bars('-a-b|', { b: 2 }, 'SPY'), { strategies: [keen()] });
      expectBars(run.bars$).toBe('-b-a');
      expectSignals(run.signals$).toBe('-b-s');
    });
    expect(message).toMatch(/expected {2}-b-a\n {2}actual {4}-a-b\n/);
    expect(message).toMatch(
      /expected {2}-b-s\n {2}actual {4}-b-b\n {15}\^ frame 3: s expected, b came/,
    );
  });
});
