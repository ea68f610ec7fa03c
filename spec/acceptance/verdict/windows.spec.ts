import { replay } from '../../../src/replay';
import type { Bar, PipelineEvent } from '../../../streams';
import { fromBars } from '../../../streams/sources';
import { MINUTE, START } from './plant';

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

const boundaries = (events: readonly PipelineEvent[]): string[] =>
  events.flatMap((event) =>
    event.type === 'window' && event.market !== undefined && event.partial === undefined
      ? [`${event.market.from}–${event.market.to}`]
      : [],
  );

describe('windows of market time', () => {
  it('are the same at every speed: 480 of 480 minutes', async () => {
    const [slow, fast, fastest] = await Promise.all([1, 60, 6_000].map((speed) => eventsOf(speed)));
    expect(boundaries(slow ?? []).length).toBeGreaterThanOrEqual(480);
    expect(boundaries(fast ?? [])).toEqual(boundaries(slow ?? []));
    expect(boundaries(fastest ?? [])).toEqual(boundaries(slow ?? []));
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
