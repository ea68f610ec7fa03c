import { foldJournal } from '../../../src/journal';
import type { PipelineEvent } from '../../../streams';
import { writeFileSync } from 'node:fs';
import { folder, header, journalText } from '../../src/journal/given';
import { configuration, started } from '../../src/metrics/given';
import { M } from '../given';
import { ran, strategy } from './runThreaded';

const path = folder();
const STAGES = ['coordinator', 'processor', 'analysis'];
const MINUTES = 40;

/** A tick each ten seconds: a bar a minute, and the first tick of one more. */
const ticks = Array.from({ length: MINUTES * 6 + 1 }, (_, row) => ({
  symbol: 'A',
  time: row * 10 * 1_000_000,
  price: 100 + (row % 7),
  size: 1,
}));

type WindowEvent = Extract<PipelineEvent, { readonly type: 'window' }>;

const windowsOf = (events: readonly PipelineEvent[], stage: string): readonly WindowEvent[] =>
  events.filter(
    (event): event is WindowEvent =>
      event.type === 'window' &&
      event.stage === stage &&
      event.market !== undefined &&
      event.partial === undefined,
  );

const boundaries = (events: readonly PipelineEvent[]): string[][] =>
  STAGES.map((stage) =>
    windowsOf(events, stage).map(({ market }) => `${market?.from ?? ''}–${market?.to ?? ''}`),
  );

describe('windows of stages with threads of their own', () => {
  const OPTIONS = { bars: '1m', derive: ['5m'], time: 'wall', speed: 6_000 } as const;
  // 10 ms a minute: analysis needs twice that, so it ends its windows later and later.
  const threaded = ran(ticks, {
    ...OPTIONS,
    serviceTimes: { analysis: 20 },
    threads: { strategies: [strategy('reader')] },
  });

  it('are the same as with one thread', async () => {
    const { events } = await threaded;
    const single = await ran(ticks, { ...OPTIONS, time: 'simulated' });
    expect(boundaries(events)).toEqual(boundaries(single.events));
    expect(boundaries(events)[2]?.slice(0, 2)).toEqual([`0–${M}`, `${M}–${2 * M}`]);
  });

  it('end with each stage: those of analysis long after the coordinator’s', async () => {
    const { events } = await threaded;
    const [coordinator, , analysis] = STAGES.map((stage) =>
      windowsOf(events, stage).map(({ at }) => at),
    );
    const half = MINUTES / 2;
    expect(analysis?.[half]).toBeGreaterThan((coordinator?.[half] as number) + 100);
  });

  it('charge each minute with its own bars, whenever they are worked off', async () => {
    const { events } = await threaded;
    const served: number[] = [];
    let open = 0;
    for (const event of events) {
      if (event.type === 'served' && event.stage === 'analysis') open += event.count;
      if (event.type !== 'window' || event.stage !== 'analysis') continue;
      if (event.market === undefined || event.partial === true) continue;
      served.push(open);
      open = 0;
    }
    expect(served.slice(0, MINUTES)).toEqual(
      Array.from({ length: MINUTES }, (_, n) => (n % 5 === 4 ? 2 : 1)),
    );
  });

  it('cut a journal at a market time: everything due by then, and nothing else', async () => {
    const { events } = await threaded;
    const file = path('threads.ndjson');
    const threads = { ...configuration, threads: 3 };
    writeFileSync(
      file,
      journalText([started({ threads: 3 }), ...events], header({ configuration: threads })),
    );
    const { state } = await foldJournal(file, { at: { market: (20 * M) / 1_000 } });
    expect(state.edges['coordinator-processor'].delivered).toBe(20n);
    expect(state.edges['processor-analysis'].delivered).toBe(24n);
    expect(state.stages.analysis.items).toBe(24n);
  });
});
