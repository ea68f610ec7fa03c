import type { PipelineEvent } from '../../streams';

type WorkedEvent = Extract<PipelineEvent, { readonly type: 'worked' }>;
export type StrategyTotals = WorkedEvent['totals'][number];

/** Work of a strategy on the bars of one symbol and interval. */
export interface MarketWork {
  readonly strategy: string;
  readonly symbol: string;
  readonly interval: string;
  readonly items: number;
  readonly totalMs: number;
}

/** What each event says of each strategy, in order. */
export const totalsIn = (events: readonly PipelineEvent[]): readonly StrategyTotals[] =>
  events.flatMap((event) => (event.type === 'worked' ? event.totals : []));

/** What the events say by symbol and interval, in order: columns as rows. */
export function marketsIn(events: readonly PipelineEvent[]): readonly MarketWork[] {
  const names: string[] = [];
  return events.flatMap((event) => {
    if (event.type !== 'worked' && event.type !== 'counts') return [];
    names.push(...event.names);
    if (event.type === 'counts') return [];
    return event.items.map((items, row) => ({
      strategy: event.totals[event.strategies[row] ?? 0]?.strategy ?? '',
      symbol: names[event.symbols?.[row] ?? row] ?? '',
      interval: event.intervals[event.ofIntervals[row] ?? 0] ?? '',
      items,
      totalMs: event.totalMs[row] ?? 0,
    }));
  });
}
