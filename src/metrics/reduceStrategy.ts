import { castDraft, type Draft } from 'immer';
import type { PipelineEvent } from '../../streams/events';
import { increment } from './increment';
import { noStrategy } from './initialState';
import { valueOf, withValue, withValues, type PersistentMap } from './persistentMap';
import { plus } from './saturating';
import type { MarketTally, MetricsState, StrategyState } from './state';

type StrategyEvent = Extract<PipelineEvent, { readonly type: 'strategy' }>;

type MarketTotals = Pick<StrategyEvent, 'symbol' | 'interval' | 'items' | 'totalMs'>;

const marketKey = ({ symbol, interval }: MarketTotals): string => `${interval} ${symbol}`;

function tallyOf(
  markets: PersistentMap<MarketTally>,
  totals: MarketTotals,
  before = valueOf(markets, marketKey(totals)),
): MarketTally {
  return Object.freeze({
    symbol: totals.symbol,
    interval: totals.interval,
    items: plus(before?.items ?? 0n, totals.items),
    totalMs: (before?.totalMs ?? 0) + totals.totalMs,
  });
}

/** A strategy may be called `constructor`: what every object inherits is no account. */
const stateOf = ({ strategies }: MetricsState, name: string): StrategyState =>
  (Object.hasOwn(strategies, name) && strategies[name]) || noStrategy;

type Totals = Pick<StrategyEvent, 'items' | 'signals' | 'errors' | 'totalMs' | 'maxMs' | 'error'>;

function added(was: StrategyState, totals: Totals): Omit<StrategyState, 'markets'> {
  const firstError = was.firstError ?? totals.error;
  return {
    items: plus(was.items, totals.items),
    signals: plus(was.signals, totals.signals),
    errors: plus(was.errors, totals.errors),
    totalMs: was.totalMs + totals.totalMs,
    maxMs: Math.max(was.maxMs, totals.maxMs),
    ...(firstError === undefined ? {} : { firstError }),
  };
}

/** A strategy worked on bars of one symbol and interval. */
export function strategyWorked(
  draft: Draft<MetricsState>,
  event: StrategyEvent,
  before: MetricsState,
): void {
  const { strategy } = event;
  const was = stateOf(before, strategy);
  const after: StrategyState = {
    ...added(was, event),
    markets: withValue(was.markets, marketKey(event), tallyOf(was.markets, event)),
  };
  // A computed key is always the record's own; to assign `__proto__` would be something else.
  draft.strategies = castDraft(
    Object.freeze({ ...before.strategies, [strategy]: Object.freeze(after) }),
  );
  draft.signals = increment(draft, 'signals', before.signals, event.signals);
}

type WorkedEvent = Extract<PipelineEvent, { readonly type: 'worked' }>;

/** Strategies worked on bars of many symbols. */
export function strategiesWorked(
  draft: Draft<MetricsState>,
  event: WorkedEvent,
  before: MetricsState,
): void {
  const names =
    event.names.length === 0 ? before.market.names : [...before.market.names, ...event.names];
  if (event.names.length > 0) draft.market.names = names as string[];
  const tallies = event.totals.map(() => new Map<string, MarketTally>());
  for (const [row, items] of event.items.entries()) {
    const number = event.strategies[row] ?? 0;
    const { markets } = stateOf(before, event.totals[number]?.strategy ?? '');
    const symbol = names[event.symbols?.[row] ?? row] ?? '';
    const interval = event.intervals[event.ofIntervals[row] ?? 0] ?? '';
    const totals = { symbol, interval, items, totalMs: event.totalMs[row] ?? 0 };
    // With threads, several flushes of a stage may be in one event.
    const ofStrategy = tallies[number];
    const key = marketKey(totals);
    ofStrategy?.set(key, tallyOf(markets, totals, ofStrategy.get(key)));
  }
  const markets = event.totals.map(({ strategy }, number) =>
    withValues(
      stateOf(before, strategy).markets,
      tallies[number] ?? new Map<string, MarketTally>(),
    ),
  );
  const strategies: Record<string, StrategyState> = Object.fromEntries(
    Object.entries(before.strategies),
  );
  let signals = 0;
  for (const [number, totals] of event.totals.entries()) {
    const after = {
      ...added(stateOf(before, totals.strategy), totals),
      markets: markets[number] ?? noStrategy.markets,
    };
    Object.defineProperty(strategies, totals.strategy, {
      value: Object.freeze(after),
      enumerable: true,
      configurable: true,
      writable: true,
    });
    signals += totals.signals;
  }
  draft.strategies = Object.freeze(strategies) as Draft<typeof strategies>;
  draft.signals = increment(draft, 'signals', before.signals, signals);
}
