import { replay } from '../../../src/replay';
import type { Bar, PipelineEvent } from '../../../streams';
import { fromBars } from '../../../streams/sources';
import { foldJournal } from '../../../src/journal';
import { folder, journalFile } from '../../src/journal/given';
import { MINUTE, START } from './plant';

const path = folder();

const OHLC = { open: 1, high: 1, low: 1, close: 1, volume: 1, count: 1, complete: true };

/** So many minutes of some symbols. */
function* minutes(count: number, symbols: readonly string[] = ['AAA']): Generator<Bar> {
  for (let n = 0; n < count; n += 1) {
    for (const symbol of symbols) {
      const start = START + n * MINUTE;
      yield { symbol, interval: '1m', start, end: start + MINUTE, ...OHLC };
    }
  }
}

/** Everything that happens in a run whose services take what is stated. */
async function eventsOf(
  speed: number,
  disturb: () => void = () => undefined,
): Promise<PipelineEvent[]> {
  const events: PipelineEvent[] = [];
  const run = replay(fromBars(minutes(480), { interval: MINUTE }), {
    speed,
    derive: ['5m'],
    stopwatch: () => 0,
    serviceTimes: { processor: 1, analysis: 12 },
    strategies: [
      {
        name: 'quiet',
        onBar: () => {
          disturb();
        },
      },
    ],
  });
  run.events$.subscribe((event) => events.push(event));
  await run.start().done;
  return events;
}

const STAGES = ['coordinator', 'processor', 'analysis'];

/** The windows that each stage ended, in order. */
const boundaries = (events: readonly PipelineEvent[]): string[][] =>
  STAGES.map((stage) =>
    events.flatMap((event) =>
      event.type === 'window' &&
      event.stage === stage &&
      event.market !== undefined &&
      event.partial === undefined
        ? [`${event.market.from}–${event.market.to}`]
        : [],
    ),
  );

describe('windows of market time', () => {
  it('are the same at every speed: 480 of 480 minutes', async () => {
    const [slow, fast, fastest] = await Promise.all([1, 60, 6_000].map((speed) => eventsOf(speed)));
    for (const ended of boundaries(slow ?? [])) expect(ended).toHaveLength(480);
    expect(boundaries(fast ?? [])).toEqual(boundaries(slow ?? []));
    expect(boundaries(fastest ?? [])).toEqual(boundaries(slow ?? []));
  });

  it('charge a backlog to the minutes in which it was due, not to those in which it was worked off', async () => {
    const events = await eventsOf(6_000);
    let stage: string | undefined;
    const counts = STAGES.map(() => [] as number[]);
    let open = 0;
    for (const event of events) {
      if (event.type === 'served') open = event.count;
      if (event.type !== 'window' || event.stage === undefined) continue;
      stage = event.stage;
      if (event.market !== undefined) counts[STAGES.indexOf(stage)]?.push(open);
      open = 0;
    }
    // A bar a minute, and one of 5 minutes every fifth: at 1 ms and 12 ms each, ten times what 10 ms hold.
    expect(counts[1]).toEqual(Array.from({ length: 480 }, () => 1));
    expect(counts[2]).toEqual(Array.from({ length: 480 }, (_, i) => (i % 5 === 4 ? 2 : 1)));
    const ends = (of: string): number[] =>
      events.flatMap((event) =>
        event.type === 'window' && event.stage === of && event.market !== undefined
          ? [event.at]
          : [],
      );
    expect(ends('analysis')[240]).toBeGreaterThan((ends('coordinator')[240] as number) + 100);
  });

  it('report --at a market time is the state of everything due by then, worked off or not', async () => {
    const events = await eventsOf(6_000);
    const file = journalFile(path('backlog.ndjson'), events);
    const market = (START + 240 * MINUTE) / 1_000;
    const { state } = await foldJournal(file, { at: { market } });
    expect(state.bars.base).toBeGreaterThanOrEqual(240n);
    expect(state.edges['coordinator-processor'].delivered).toBe(240n);
    expect(state.edges['processor-analysis'].delivered).toBe(240n + 48n);
    expect(state.stages.analysis.items).toBe(240n + 48n);
    expect(state.evidence.analysis.deliveries).toBe(240 + 48);
    expect(state.market.time).toBe(START + 240 * MINUTE);
  });

  it('and all events, on an idle and on a busy machine', async () => {
    const burn = (): void => {
      const until = performance.now() + 1;
      while (performance.now() < until);
    };
    const said = (events: readonly PipelineEvent[]): readonly PipelineEvent[] =>
      events.filter(({ type }) => !['started', 'finished', 'conditions'].includes(type));
    expect(said(await eventsOf(6_000, burn))).toEqual(said(await eventsOf(6_000)));
  });
});
