import { MessageChannel } from 'node:worker_threads';
import { edgeCount, instrument, market, MODULE, ran, servedCount } from './runThreaded';

jest.setTimeout(120_000);

const STAGES = ['coordinator', 'processor', 'analysis'] as const;

describe('an instrument', () => {
  it('is made in each thread, and called for each item, output, hand-over and service', async () => {
    const source = market(11, 400);
    const counts = Object.fromEntries(STAGES.map((stage) => [stage, new SharedArrayBuffer(16)]));
    const times = Object.fromEntries(
      STAGES.map((stage) => [stage, new SharedArrayBuffer(8 * 4 * source.length)]),
    );
    const actual = await ran(source, {
      bars: '1s',
      speed: 20_000,
      threads: { strategies: [], instrument: instrument({ counts, times }) },
    });
    expect(actual.outcome).toBe('done');
    const [coordinator = [], processor = [], analysis = []] = STAGES.map((stage) => {
      const cells = new Int32Array(counts[stage] as SharedArrayBuffer);
      const [items = 0, outputs = 0, ready = 0, notReady = 0] = cells;
      const [served] = new Float64Array(times[stage] as SharedArrayBuffer);
      return [items, outputs, ready + notReady, served];
    });
    const first = edgeCount(actual, 'coordinator-processor', 'delivered');
    const second = edgeCount(actual, 'processor-analysis', 'delivered');
    const unfinished = actual.bars.filter(({ complete }) => !complete).length;
    expect(coordinator).toEqual([0, first - unfinished, first, 0]);
    expect(processor).toEqual([first, second, second, first]);
    expect(analysis).toEqual([second, 0, 0, second]);
    expect([servedCount(actual, 'processor'), servedCount(actual, 'analysis')]).toEqual([
      first,
      second,
    ]);
  });

  it('gets the ports of its stage', async () => {
    const first = new MessageChannel();
    const second = new MessageChannel();
    const ports = {
      coordinator: [first.port1],
      processor: [first.port2, second.port1],
      analysis: [second.port2],
    };
    const passed = new SharedArrayBuffer(8);
    const { outcome } = await ran(market(11, 10), {
      bars: 'tick',
      speed: 20_000,
      threads: {
        strategies: [],
        instrument: { module: MODULE, export: 'relay', argument: passed, ports },
      },
    });
    first.port1.close();
    expect([outcome, new Float64Array(passed)[0]]).toEqual(['done', 10]);
  });

  it.each([
    ['is not there', { module: `${MODULE}.missing` }, /Cannot find module/],
    ['has no such function', { module: MODULE, export: 'nothing' }, /has no function nothing/],
    ['throws', { module: MODULE, export: 'unloadable' }, /no strategy today/],
  ])('whose module %s fails the run before it begins', async (_, reference, message) => {
    const { outcome, error, events } = await ran(market(1, 10), {
      threads: { strategies: [], instrument: reference },
    });
    expect(outcome).toBe('failed');
    expect((error as Error).message).toMatch(message);
    expect(events).toEqual([]);
  });
});
