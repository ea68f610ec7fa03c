import { setTimeout as sleep } from 'node:timers/promises';
import { replay } from '../../../src/replay';
import type { Bar, Strategy, Tick } from '../../../streams';
import { fromBars, fromTicks } from '../../../streams/sources';
import { every, S, START } from './plant';

const OHLC = { open: 1, high: 1, low: 1, close: 1, volume: 1, count: 1, complete: true };
const cheap: Strategy = { name: 'cheap', onBar: () => undefined };

function* milliseconds(count: number): Generator<Tick> {
  for (const time of every(1_000, count)) yield { symbol: 'AAA', time: START + time, price: 1 };
}

function* seconds(count: number): Generator<Bar> {
  for (const time of every(S, count)) {
    const start = START + time;
    yield { symbol: 'AAA', interval: '1s', start, end: start + S, ...OHLC };
  }
}

const burn = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

it("where the pipeline's own cost is the cause, the coordinator is accused, with where its time went", async () => {
  // 200 s of market at 2,000 are 0.1 s: no machine releases 200,000 ticks in that.
  const options = { bars: 'tick', time: 'wall', speed: 2_000, strategies: [cheap] } as const;
  const { run, verdict, actions } = await replay(fromTicks(milliseconds(200_000)), options).start()
    .done;
  expect(verdict.culprits).toContain('coordinator');
  expect(verdict.text).toMatch(/^Coordinator slower than the clock: .* releasing and handing over/);
  expect(run.schedule?.reachedSpeed).toBeLessThan(1_500);
  expect(run.schedule?.lagMaxMs).toBeGreaterThan(20);
  expect(actions.at(-1)).toMatchObject({ kind: 'faster-stage', stage: 'coordinator' });
  const { threadTimeMs = {} } = run;
  const sum = Object.values(threadTimeMs).reduce((all, ms) => all + ms, 0);
  expect(sum / (run.clockSeconds * 1_000)).toBeCloseTo(1, 1);
  expect(threadTimeMs.releasing).toBeGreaterThan(sum / 5);
}, 60_000);

it('a slow strategy makes releases trail: that is not the lag of the coordinator', async () => {
  const slow: Strategy = { name: 'slow', onBar: () => void burn(12) };
  const source = fromBars(seconds(200), { interval: S });
  const options = { bars: '1s', time: 'wall', speed: 100, strategies: [slow] } as const;
  const { run, verdict } = await replay(source, options).start().done;
  expect(verdict).toMatchObject({ culprit: 'analysis', culprits: ['analysis'] });
  expect(run.schedule?.lagMaxMs).toBeGreaterThan(200);
}, 60_000);

it('waiting for a source is idle time', async () => {
  async function* later(): AsyncGenerator<Bar> {
    let n = 0;
    for (const bar of seconds(100)) {
      n += 1;
      if (n % 10 === 0) await sleep(40);
      yield bar;
    }
  }
  const options = { bars: '1s', time: 'wall', mode: 'data', strategies: [cheap] } as const;
  const source = fromBars(later(), { interval: S });
  // How long this event loop really waits also depends on what else its process does.
  const before = performance.eventLoopUtilization();
  const { run, stages } = await replay(source, options).start().done;
  const waited = performance.eventLoopUtilization(before);
  const { idle = 0, opening = 0 } = run.threadTimeMs ?? {};
  expect(idle + opening).toBeGreaterThan(waited.idle * 0.8);
  expect(stages.coordinator.busyShare).toBeLessThan(0.4);
}, 60_000);
