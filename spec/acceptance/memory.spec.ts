import { fromColumns, replay } from '../../src';
import type { Strategy } from '../../src';
import { collectGarbage } from '../support/collectGarbage';

const BARS = 100_000;

jest.setTimeout(60_000);

test.each(['resolves at once', 'resolves a turn later'])(
  'data-driven, memory stays flat behind an asynchronous strategy that %s',
  async (kind) => {
    const used: number[] = [];
    let bars = 0;
    const later: Strategy = {
      name: 'later',
      onBar: async () => {
        bars += 1;
        if (bars % (BARS / 4) === 0) {
          await collectGarbage();
          const { heapUsed, arrayBuffers } = process.memoryUsage();
          used.push(heapUsed + arrayBuffers);
        } else if (kind !== 'resolves at once') {
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
    };
    const time = Float64Array.from({ length: BARS + 1 }, (_, second) => second * 1_000_000);
    const source = fromColumns({ time, close: time, symbols: ['A'] });
    const report = await replay(source, {
      bars: '1s',
      mode: 'data',
      derive: ['1m'],
      strategies: [later],
    }).start().done;
    expect(report.edges['processor-analysis'].delivered).toBe(`${BARS + Math.floor(BARS / 60)}`);
    // If something of each bar stayed, 75,000 bars would leave 200 bytes each, and more.
    expect((used.at(-1) as number) - (used[0] as number)).toBeLessThan(15_000_000);
  },
);
