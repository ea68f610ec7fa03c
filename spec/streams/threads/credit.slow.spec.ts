import type { PipelineEvent } from '../../../streams';
import { edgeCount, market, ran, servedCount, strategy } from './runThreaded';

jest.setTimeout(120_000);

const EDGES = ['coordinator-processor', 'processor-analysis'] as const;
const shape = { bars: 'tick', mode: 'data' } as const;

describe('items sent on credit', () => {
  it('are held in the other half of the gate while the run is paused', async () => {
    let atPause: number[] = [];
    let atResume: number[] = [];
    const all = await ran(
      market(3, 1_500),
      {
        ...shape,
        threads: {
          demand: 400,
          strategies: [strategy('reader', { symbols: ['A', 'B', 'C', 'D'], us: 2_000 })],
        },
      },
      (running) => {
        const seen: PipelineEvent[] = [];
        const delivered = (): number[] =>
          EDGES.map((edge) => edgeCount({ events: seen }, edge, 'delivered'));
        let isOver = false;
        running.events$.subscribe((event) => {
          seen.push(event);
          if (isOver || (delivered()[1] ?? 0) < 300) return;
          isOver = true;
          running.pause();
          // What had passed the first gate goes on to the end of the pipeline.
          setTimeout(() => {
            atPause = delivered();
            setTimeout(() => {
              atResume = delivered();
              running.resume();
            }, 1_000);
          }, 300);
        });
      },
    );
    expect(all.outcome).toBe('done');
    expect(atPause[0]).toBeGreaterThan(0);
    expect(atPause[0]).toBeLessThan(1_500);
    expect(atResume[0]).toBe(atPause[0]);
    expect(edgeCount(all, EDGES[0], 'delivered')).toBe(1_500);
  });

  it('are discarded, not delivered, when the run is stopped', async () => {
    const all = await ran(
      market(4, 3_000),
      {
        ...shape,
        threads: {
          demand: 512,
          strategies: [strategy('reader', { symbols: ['A', 'B', 'C', 'D'], us: 300 })],
        },
      },
      (running) => {
        let bars = 0;
        running.bars$.subscribe(() => {
          bars += 1;
          if (bars === 600) void running.stop();
        });
      },
    );
    expect(all.outcome).toBe('stopped');
    for (const [edge, stage] of [
      [EDGES[0], 'processor'],
      [EDGES[1], 'analysis'],
    ] as const) {
      // A stage may be at one item, which it does not finish.
      const unfinished = edgeCount(all, edge, 'delivered') - servedCount(all, stage);
      expect(unfinished).toBeGreaterThanOrEqual(0);
      expect(unfinished).toBeLessThanOrEqual(1);
      expect(edgeCount(all, edge, 'backpressure')).toBe(0);
    }
    expect(edgeCount(all, EDGES[1], 'discarded')).toBeGreaterThan(1);
  });
});
