import { writeFileSync } from 'node:fs';
import { followJournal } from '../../../src/dashboard';
import type { FollowedJournal } from '../../../src/dashboard';
import type { PipelineEvent, StageName } from '../../../streams/events';
import { header, journalText, minute } from '../journal/given';
import { backpressure, cellsOfValues, delivered, finished, FIRST } from '../metrics/given';
import { ingested, SECOND, served, started, strategyWorked, windowOf } from '../metrics/given';

export const HOSTILE = '<img src=x onerror="document.title=1">';

/** A run of so many windows of a minute, its symbols as given; the second edge falls behind. */
export function hostileRun(count: number, symbols: readonly string[] = [HOSTILE]): PipelineEvent[] {
  return [
    started({ files: [HOSTILE], strategies: [HOSTILE] }),
    ...Array.from({ length: count }, (_, n): PipelineEvent[] => [
      ingested({
        ticks: 10,
        base: 4,
        marketStart: minute(0),
        marketTime: minute(n + 1),
        progress: n / count,
      }),
      ...symbols.flatMap((symbol) => [
        delivered(FIRST, 4, symbol),
        backpressure(FIRST, 0, 1, symbol),
        delivered(SECOND, 4, symbol),
        backpressure(SECOND, 1 + (n % 3), 1, symbol),
      ]),
      served('processor', 4, [0.1, 0.3, 0.2]),
      served('analysis', 4, [1, 3 + n, 2]),
      {
        type: 'lateness',
        at: 0,
        edge: SECOND,
        count: 2,
        totalMs: 2 * n,
        maxMs: n + 1,
        buckets: cellsOfValues([n, n + 1]),
      },
      strategyWorked(HOSTILE, {
        symbol: symbols[0] ?? '',
        items: 4,
        totalMs: 8,
        error: HOSTILE,
        errors: 1,
      }),
      {
        ...windowOf(100, { processor: 1, analysis: 90 }),
        market: { from: minute(n), to: minute(n + 1) },
      },
    ]).flat(),
    finished(),
  ];
}

/**
 * A run of so many windows of a minute whose analysis begins when the other stages have ended; the
 * processor ends only every so many windows.
 */
export function backlog(count: number, every = 1): PipelineEvent[] {
  const closed = (stage: StageName, at: number, n: number): PipelineEvent => ({
    ...windowOf(at + 10, { [stage]: 10 }),
    stage,
    from: at,
    market: { from: minute(n), to: minute(n + 1) },
  });
  const times = Array.from({ length: count }, (_, n) => n);
  return [
    started({ strategies: ['mine'] }),
    ...times.flatMap((n): PipelineEvent[] => [
      delivered(FIRST, 2, 'SPY'),
      ingested({ ticks: 10, base: 2, marketStart: minute(0), marketTime: minute(n + 1) }),
      closed('coordinator', n * 10, n),
      served('processor', 2, [0.1, 0.1, 0.1]),
      delivered(SECOND, 2, 'SPY'),
      backpressure(SECOND, 1, 0, 'SPY'),
      ...((n + 1) % every === 0 ? [closed('processor', n * 10 + 1, n)] : []),
    ]),
    ...times.flatMap((n): PipelineEvent[] => [
      served('analysis', 2, [n + 1, n + 1, n + 1]),
      {
        type: 'lateness',
        at: count * 10 + n * 10,
        edge: SECOND,
        count: 2,
        totalMs: 2 * n,
        maxMs: n + 1,
        buckets: cellsOfValues([n, n + 1]),
      },
      strategyWorked('mine', { symbol: 'SPY', items: 2, totalMs: 8 }),
      closed('analysis', count * 10 + n * 10, n),
    ]),
    finished(),
  ];
}

/** The journal of a run, and all of it read. */
export async function followed(
  path: string,
  events: readonly PipelineEvent[],
): Promise<FollowedJournal> {
  writeFileSync(path, journalText(events, header({ run: HOSTILE })));
  const journal = await followJournal(path);
  if (journal === undefined) throw new Error('no journal');
  await journal.done;
  return journal;
}
