import { smallestOf } from '../../operators/kernel/extremes';
import { deepFreeze } from './deepFreeze';
import { initialState } from './initialState';
import { mergedEvidence } from './mergeEvidence';
import { mergedFeed } from './mergeFeeds';
import {
  defined,
  greatest,
  least,
  mergedCounts,
  mergedMap,
  mergedRecord,
  mergedSame,
  mergedSpread,
  union,
  withSums,
} from './mergeParts';
import { mergedConditions, mergedRun, mergedSpeeds } from './mergeRuns';
import { MAX_COUNT } from './saturating';
import type { EdgeState, MetricsState, Saturated, StageState, StrategyState } from './state';

const BARS = ['ticks', 'base', 'derived', 'late', 'outOfOrder', 'badRows'] as const;
const EDGE = [
  'delivered',
  'clockDelivered',
  'backpressure',
  'burst',
  'behind',
  'overruns',
  'dropped',
  'discarded',
] as const;
/** Those of an edge that are noted when they are full, as in a run. */
const NOTED = ['delivered', 'backpressure', 'overruns', 'dropped', 'discarded'] as const;
/** As many symbols as an exporter may name. */
const FIRST_PRESSED = 256;

function mergedStage(one: StageState, other: StageState): StageState {
  const minima = [one, other].filter(({ items }) => items > 0n).map(({ minMs }) => minMs);
  return {
    ...withSums(one, other, ['items', 'totalMs']),
    minMs: minima.length === 0 ? 0 : smallestOf(minima),
    maxMs: Math.max(one.maxMs, other.maxMs),
    serviceTimes: mergedCounts(one.serviceTimes, other.serviceTimes),
    spent: withSums(one.spent, other.spent, ['spanMs', 'busyMs', 'blockedMs']),
  };
}

const mergedEdge = (one: EdgeState, other: EdgeState): EdgeState => ({
  ...withSums(one, other, EDGE),
  lateness: mergedSpread(one.lateness, other.lateness),
  bySymbol: mergedMap(one.bySymbol, other.bySymbol, (a, b) =>
    withSums(a, b, ['delivered', 'backpressure', 'behind']),
  ),
  firstPressed: union(one.firstPressed, other.firstPressed).slice(0, FIRST_PRESSED),
});

const mergedStrategy = (one: StrategyState, other: StrategyState): StrategyState => ({
  ...withSums(one, other, ['items', 'signals', 'errors', 'totalMs']),
  maxMs: Math.max(one.maxMs, other.maxMs),
  ...defined({ firstError: least(one.firstError, other.firstError) }),
  markets: mergedMap(one.markets, other.markets, (a, b) => withSums(a, b, ['items', 'totalMs'])),
});

/** What is full: noted in one of the states, or by adding them up. */
function saturatedIn(
  merged: Pick<MetricsState, 'bars' | 'signals' | 'stages' | 'edges'>,
  noted: readonly Saturated[],
): readonly Saturated[] {
  const found: Saturated[] = [...noted];
  for (const counter of BARS) {
    if (merged.bars[counter] === MAX_COUNT) found.push({ counter: `bars.${counter}` });
  }
  if (merged.signals === MAX_COUNT) found.push({ counter: 'signals' });
  for (const [of, { items }] of Object.entries(merged.stages)) {
    if (items === MAX_COUNT) found.push({ counter: 'stage.items', of });
  }
  for (const [of, edge] of Object.entries(merged.edges)) {
    for (const counter of NOTED) {
      if (edge[counter] === MAX_COUNT) found.push({ counter: `edge.${counter}`, of });
    }
  }
  const byText = new Map(found.map((one) => [`${one.counter} ${one.of ?? ''}`, one]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** Nothing has happened in it. */
const isUntouched = ({ run, at }: MetricsState): boolean => run.phase === 'waiting' && at === 0;

function mergedPair(one: MetricsState, other: MetricsState): MetricsState {
  const names = (state: MetricsState): string =>
    state.topology.map(({ stage, edge }) => `${edge?.name ?? ''} ${stage}`).join();
  if (names(one) !== names(other)) {
    throw new RangeError(
      `states of runs with other stages cannot be merged: ${names(one)} and ${names(other)}`,
    );
  }
  const { market, bars } = one;
  const counted = {
    bars: withSums(bars, other.bars, BARS),
    signals: withSums(one, other, ['signals']).signals,
    stages: mergedSame(one.stages, other.stages, mergedStage),
    edges: mergedSame(one.edges, other.edges, mergedEdge),
  };
  const saturated = saturatedIn(counted, [...one.saturated, ...other.saturated]);
  return {
    ...counted,
    topology: one.topology,
    at: Math.max(one.at, other.at),
    run: mergedRun(one, other),
    market: {
      symbols: union(market.symbols, other.market.symbols),
      names: [],
      progress: Math.min(market.progress, other.market.progress),
      ...defined({
        start: least(market.start, other.market.start),
        time: greatest(market.time, other.market.time),
        end: greatest(market.end, other.market.end),
      }),
    },
    evidence: mergedSame(one.evidence, other.evidence, mergedEvidence),
    threadMs: mergedRecord(
      one.threadMs as Record<string, number>,
      other.threadMs as Record<string, number>,
      (a, b) => a + b,
    ),
    handOverMs: one.handOverMs + other.handOverMs,
    trailing: mergedSpread(one.trailing, other.trailing),
    trailed: withSums(one, other, ['trailed']).trailed,
    strategies: mergedRecord(one.strategies, other.strategies, mergedStrategy),
    saturated,
    ...defined({
      conditions: mergedConditions(one.conditions, other.conditions),
      speeds: mergedSpeeds(one.speeds, other.speeds),
      feed: mergedFeed(one.feed, other.feed),
    }),
  };
}

/**
 * The state of several runs together, each its own pipeline. Counters and histograms add up
 * (64-bit counters saturate), extremes are the extremes of all, symbols and strategies of one name are
 * one, the phase is that of the run that has come least far. `run.mergedOf` says how many runs it is
 * of. `run.speed` is 0 where the runs had different speeds, `run.mode` is `clock` where they differ.
 *
 * In whichever order, and however grouped, states are merged: the counters are the same; sums of
 * durations are too but for rounding. Merging nothing gives `initialState`, and a state of a run that
 * has not begun changes nothing. The result is frozen.
 *
 * @throws RangeError for states of runs with other stages
 */
export function mergeStates(states: readonly MetricsState[]): MetricsState {
  const begun = states.filter((state) => !isUntouched(state));
  const [one = states[0] ?? initialState, ...others] = begun;
  if (others.length === 0) return one;
  return deepFreeze(others.reduce(mergedPair, one));
}
