import type { PipelineEvent } from '../../streams/events';
import { increment } from './increment';
import { noStrategy } from './initialState';
import type { PendingEntries } from './pendingEntries';
import { plus } from './saturating';
import type { MarketTally, StrategyState } from './state';
import type { Mutable, StateDraft } from './stateDraft';

type StrategyEvent = Extract<PipelineEvent, { readonly type: 'strategy' }>;
type WorkedEvent = Extract<PipelineEvent, { readonly type: 'worked' }>;
type MarketTotals = Pick<StrategyEvent, 'symbol' | 'interval' | 'items' | 'totalMs'>;
type Totals = Pick<
  StrategyEvent,
  'strategy' | 'items' | 'signals' | 'errors' | 'totalMs' | 'maxMs' | 'error'
>;

function addMarket(markets: PendingEntries<MarketTally>, totals: MarketTotals): void {
  const { symbol, interval, items, totalMs } = totals;
  const none: MarketTally = { symbol, interval, items: 0n, totalMs: 0 };
  const tally = markets.own(`${interval} ${symbol}`, none);
  tally.items = plus(tally.items, items);
  tally.totalMs += totalMs;
}

/** The draft's account of a strategy. It may be called `constructor`: what every object inherits is no account. */
function accountOf(draft: StateDraft, name: string): Mutable<StrategyState> {
  const strategies = draft.own(draft.root, 'strategies');
  if (!Object.hasOwn(strategies, name)) {
    // To assign `__proto__` would be something else.
    Object.defineProperty(strategies, name, {
      value: noStrategy,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return draft.own(strategies, name);
}

function addTotals(draft: StateDraft, totals: Totals): Mutable<StrategyState> {
  const account = accountOf(draft, totals.strategy);
  account.items = plus(account.items, totals.items);
  account.signals = plus(account.signals, totals.signals);
  account.errors = plus(account.errors, totals.errors);
  account.totalMs += totals.totalMs;
  account.maxMs = Math.max(account.maxMs, totals.maxMs);
  if (totals.error !== undefined) account.firstError ??= totals.error;
  draft.root.signals = increment(draft, 'signals', draft.root.signals, totals.signals);
  return account;
}

function marketsOf(
  draft: StateDraft,
  account: Mutable<StrategyState>,
): PendingEntries<MarketTally> {
  return draft.entries(account, account.markets, (map) => {
    account.markets = map;
  });
}

/** A strategy worked on bars of one symbol and interval. */
export function strategyWorked(draft: StateDraft, event: StrategyEvent): void {
  addMarket(marketsOf(draft, addTotals(draft, event)), event);
}

/** Strategies worked on bars of many symbols. */
export function strategiesWorked(draft: StateDraft, event: WorkedEvent): void {
  draft.append(draft.own(draft.root, 'market'), 'names', event.names);
  const { names } = draft.root.market;
  const markets = event.totals.map((totals) => marketsOf(draft, addTotals(draft, totals)));
  let first = 0;
  for (const [row, items] of event.items.entries()) {
    const strategy = event.strategies[row] ?? 0;
    const interval = event.ofIntervals[row] ?? 0;
    const isSame =
      strategy === (event.strategies[first] ?? 0) && interval === (event.ofIntervals[first] ?? 0);
    if (!isSame) first = row;
    const ofStrategy = markets[strategy];
    if (ofStrategy === undefined) continue;
    addMarket(ofStrategy, {
      symbol: names[event.symbols?.[row] ?? row - first] ?? '',
      interval: event.intervals[interval] ?? '',
      items,
      totalMs: event.totalMs[row] ?? 0,
    });
  }
}
