import { castDraft, type Draft } from 'immer';
import type { PipelineEvent } from '../../streams/events';
import { increment } from './increment';
import { noStrategy } from './initialState';
import { valueOf, withValue, type PersistentMap } from './persistentMap';
import { plus } from './saturating';
import type { MarketTally, MetricsState, StrategyState } from './state';

type StrategyEvent = Extract<PipelineEvent, { readonly type: 'strategy' }>;

function withMarket(
  markets: PersistentMap<MarketTally>,
  event: StrategyEvent,
): PersistentMap<MarketTally> {
  const { symbol, interval } = event;
  const key = `${interval} ${symbol}`;
  const before = valueOf(markets, key);
  const after: MarketTally = {
    symbol,
    interval,
    items: plus(before?.items ?? 0n, event.items),
    totalMs: (before?.totalMs ?? 0) + event.totalMs,
  };
  return withValue(markets, key, Object.freeze(after));
}

/** A strategy worked on bars of one symbol and interval. */
export function strategyWorked(
  draft: Draft<MetricsState>,
  event: StrategyEvent,
  before: MetricsState,
): void {
  const { strategy } = event;
  // A strategy may be called `constructor`: what every object inherits is no account.
  const was =
    (Object.hasOwn(before.strategies, strategy) && before.strategies[strategy]) || noStrategy;
  const firstError = was.firstError ?? event.error;
  const after: StrategyState = {
    items: plus(was.items, event.items),
    signals: plus(was.signals, event.signals),
    errors: plus(was.errors, event.errors),
    totalMs: was.totalMs + event.totalMs,
    maxMs: Math.max(was.maxMs, event.maxMs),
    ...(firstError === undefined ? {} : { firstError }),
    markets: withMarket(was.markets, event),
  };
  // A computed key is always the record's own; to assign `__proto__` would be something else.
  draft.strategies = castDraft(
    Object.freeze({ ...before.strategies, [strategy]: Object.freeze(after) }),
  );
  draft.signals = increment(draft, 'signals', before.signals, event.signals);
}
