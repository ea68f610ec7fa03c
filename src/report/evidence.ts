import type { EdgeName, StageName } from '../../streams/events';
import { entriesOf, type MetricsState, type Stretch } from '../metrics';
import { sharesOf, type EdgeShares } from './grades';

/** How a stage spent a stretch of time; the three add up to 1, or to 0 where there was no time. */
export interface TimeShares {
  readonly busyShare: number;
  readonly blockedShare: number;
  readonly idleShare: number;
}

export interface StageEvidence extends TimeShares {
  readonly items: bigint;
  readonly meanMs: number;
  /** In the windows in which *behind* events fell on the incoming edge. */
  readonly behind: TimeShares;
}

export interface StrategyEvidence {
  readonly name: string;
  readonly items: bigint;
  readonly signals: bigint;
  readonly totalMs: number;
  /** Of the time of all strategies. */
  readonly share: number;
  /** Where most of its time went. */
  readonly hottest: { readonly symbol: string; readonly interval: string; readonly share: number };
  readonly intervals: readonly string[];
}

export interface Part {
  readonly name: string;
  readonly share: number;
}

/** What verdict and actions are argued from: the numbers of the state, set in relation. */
export interface Evidence {
  readonly state: MetricsState;
  readonly edges: Readonly<Record<EdgeName, EdgeShares>>;
  readonly stages: Readonly<Record<StageName, StageEvidence>>;
  /**
   * Utilisation against arrivals: how much of a stage's time the arrivals ask for, in the windows
   * in which its edge, or the one before, was behind. Above 1 it cannot keep up, whatever it got
   * to show of that: a slow processor passes on less than arrived. 0 where nothing was behind.
   */
  readonly load: Readonly<Record<'processor' | 'analysis', number>>;
  /** Most expensive first. */
  readonly strategies: readonly StrategyEvidence[];
  /** What the strategies' time went to, most first. */
  readonly intervals: readonly Part[];
  /** Of the *behind* events of the first edge, or of its deliveries if there are none; most first. */
  readonly symbols: readonly Part[];
  /** False where service times were not measured. */
  readonly timed: boolean;
}

const capped = (share: number): number => Math.min(1, Math.max(0, share));

export function timeShares({ spanMs, busyMs, blockedMs }: Stretch): TimeShares {
  if (!(spanMs > 0)) return { busyShare: 0, blockedShare: 0, idleShare: 0 };
  const busyShare = capped(busyMs / spanMs);
  const blockedShare = Math.min(capped(blockedMs / spanMs), 1 - busyShare);
  return { busyShare, blockedShare, idleShare: 1 - busyShare - blockedShare };
}

function stageEvidence(state: MetricsState, name: StageName): StageEvidence {
  const { items, totalMs, stretches } = state.stages[name];
  return {
    ...timeShares(stretches.all),
    items,
    meanMs: items === 0n ? 0 : totalMs / Number(items),
    behind: timeShares(stretches.behind),
  };
}

/** Arrivals in a millisecond of the time in which they were due, or else of the windows' own. */
function perMs({ arrivals, dueMs, spanMs }: Stretch): number {
  const time = dueMs > 0 ? dueMs : spanMs;
  return time > 0 ? Number(arrivals) / time : 0;
}

function loads(
  state: MetricsState,
  { processor, analysis }: Readonly<Record<StageName, StageEvidence>>,
): Evidence['load'] {
  const { delivered } = state.edges['processor-analysis'];
  const first = perMs(state.stages.processor.stretches.behind);
  const second = perMs(state.stages.analysis.stretches.behind);
  // What left the processor, not what analysis has finished: it may lie in the inbox, or be lost there.
  const outputs = processor.items === 0n ? 0 : Number(delivered) / Number(processor.items);
  return {
    processor: first * processor.meanMs,
    analysis: Math.max(second, first * outputs) * analysis.meanMs,
  };
}

/** Adds the values up by name; the greatest first. */
function parts(values: readonly (readonly [name: string, value: number])[]): Part[] {
  const sums = new Map<string, number>();
  let total = 0;
  for (const [name, value] of values) {
    sums.set(name, (sums.get(name) ?? 0) + value);
    total += value;
  }
  return [...sums]
    .map(([name, sum]) => ({ name, share: total > 0 ? sum / total : 0 }))
    .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
}

function strategyEvidence(state: MetricsState): StrategyEvidence[] {
  const all = Object.entries(state.strategies);
  const totalMs = all.reduce((sum, [, strategy]) => sum + strategy.totalMs, 0);
  return all
    .map(([name, strategy]): StrategyEvidence => {
      const markets = entriesOf(strategy.markets)
        .map(([, market]) => market)
        .sort((a, b) => b.totalMs - a.totalMs || Number(b.items - a.items));
      const top = markets[0];
      return {
        name,
        items: strategy.items,
        signals: strategy.signals,
        totalMs: strategy.totalMs,
        share: totalMs > 0 ? strategy.totalMs / totalMs : 0,
        hottest: {
          symbol: top?.symbol ?? '',
          interval: top?.interval ?? '',
          share: strategy.totalMs > 0 ? (top?.totalMs ?? 0) / strategy.totalMs : 0,
        },
        intervals: [...new Set(markets.map(({ interval }) => interval))],
      };
    })
    .sort((a, b) => b.totalMs - a.totalMs || (a.name < b.name ? -1 : 1));
}

export function evidenceOf(state: MetricsState): Evidence {
  const stages = {
    coordinator: stageEvidence(state, 'coordinator'),
    processor: stageEvidence(state, 'processor'),
    analysis: stageEvidence(state, 'analysis'),
  };
  const first = state.edges['coordinator-processor'];
  const counter = first.behind > 0n ? 'behind' : 'delivered';
  return {
    state,
    edges: {
      'coordinator-processor': sharesOf('coordinator-processor', state),
      'processor-analysis': sharesOf('processor-analysis', state),
    },
    stages,
    load: loads(state, stages),
    strategies: strategyEvidence(state),
    intervals: parts(
      Object.values(state.strategies).flatMap(({ markets }) =>
        entriesOf(markets).map(([, { interval, totalMs }]) => [interval, totalMs] as const),
      ),
    ),
    symbols: parts(
      entriesOf(first.bySymbol).map(([symbol, tally]) => [symbol, Number(tally[counter])] as const),
    ),
    timed: state.run.configuration?.timings ?? true,
  };
}
