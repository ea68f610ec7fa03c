import type { EdgeName, Mode, StageName, Time } from '../../streams/events';
import {
  entriesOf,
  timeInModes,
  type EdgeState,
  type MetricsState,
  type StageState,
  type StrategyState,
} from '../metrics';
import type { Action } from './action';
import { diagnose } from './diagnosis';
import { timeShares } from './evidence';
import type { EdgeShares, Grade } from './grades';
import { percentiles } from './percentiles';
import type { Verdict } from './verdict';

/** A 64-bit count in decimal digits: JSON's own numbers are exact to 2^53 only. */
export type Decimal = string;

export interface RunReport {
  readonly id: string;
  readonly mode: Mode;
  readonly speed: number;
  readonly time: Time;
  readonly files: readonly string[];
  readonly symbols: readonly string[];
  /** ISO time; empty before the start. */
  readonly startedAt: string;
  readonly wallSeconds: number;
  readonly marketSeconds: number;
  /** Unless the run came to its end: why not. */
  readonly outcome?: 'running' | 'stopped' | 'failed';
  readonly error?: string;
  /** Only where the run was in both modes: milliseconds spent in each. */
  readonly timeInModesMs?: Readonly<Record<Mode, number>>;
}

export interface StageReport {
  readonly items: Decimal;
  readonly minMs: number;
  readonly maxMs: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly busyShare: number;
  readonly idleShare: number;
  readonly blockedShare: number;
}

export interface StrategyReport {
  readonly items: Decimal;
  readonly signals: Decimal;
  readonly errors: Decimal;
  readonly totalMs: number;
  readonly maxMs: number;
  /** Only where there were errors. */
  readonly firstError?: string;
}

export interface AnalysisReport extends StageReport {
  readonly strategies: Readonly<Record<string, StrategyReport>>;
}

export interface SymbolReport {
  readonly delivered: Decimal;
  readonly backpressure: Decimal;
  readonly behind: Decimal;
}

export interface EdgeReport {
  readonly delivered: Decimal;
  readonly backpressure: Decimal;
  readonly burst: Decimal;
  readonly behind: Decimal;
  readonly overruns: Decimal;
  readonly dropped: Decimal;
  readonly discarded: Decimal;
  readonly share: number;
  readonly behindShare: number;
  readonly grade: Grade;
  readonly latenessP50Ms: number;
  readonly latenessP99Ms: number;
  readonly latenessMaxMs: number;
  readonly blockedMs: number;
  readonly bySymbol: Readonly<Record<string, SymbolReport>>;
  /** Only where deliveries were made in both modes: those that the shares are taken of. */
  readonly clockDelivered?: Decimal;
}

/** What `--json` prints. Within schema 1 fields are only ever added. */
export interface Report {
  readonly schema: 1;
  readonly run: RunReport;
  readonly bars: Readonly<
    Record<'ticks' | 'base' | 'derived' | 'late' | 'outOfOrder' | 'badRows', Decimal>
  >;
  readonly signals: Decimal;
  readonly stages: {
    readonly coordinator: StageReport;
    readonly processor: StageReport;
    readonly analysis: AnalysisReport;
  };
  readonly edges: Readonly<Record<EdgeName, EdgeReport>>;
  readonly verdict: Verdict;
  readonly actions: readonly Action[];
}

function wallSeconds({ at, run }: MetricsState): number {
  if (run.startedAt === undefined) return 0;
  // On the wall clock the run's own time passes like the wall's; news of it may be fresher.
  const onTheWall = run.configuration?.time === 'wall' && run.phase !== 'finished' ? at : 0;
  return Math.max(onTheWall, (run.wallTime ?? run.startedAt) - run.startedAt) / 1000;
}

function runReport(state: MetricsState): RunReport {
  const { run, market } = state;
  const { configuration } = run;
  const spent = timeInModes(state);
  const { start, time } = market;
  return {
    id: configuration?.id ?? '',
    mode: run.mode,
    speed: run.speed,
    time: configuration?.time ?? 'simulated',
    files: configuration?.files ?? [],
    symbols: market.symbols,
    startedAt: run.startedAt === undefined ? '' : new Date(run.startedAt).toISOString(),
    wallSeconds: wallSeconds(state),
    marketSeconds: start === undefined || time === undefined ? 0 : (time - start) / 1e6,
    ...(run.outcome === 'done' ? {} : { outcome: run.outcome ?? 'running' }),
    ...(run.error === undefined ? {} : { error: run.error }),
    ...(spent.clock > 0 && spent.data > 0 ? { timeInModesMs: spent } : {}),
  };
}

function stageReport(stage: StageState): StageReport {
  const { items, totalMs, minMs, maxMs, serviceTimes, stretches } = stage;
  const [p50Ms = 0, p99Ms = 0, p999Ms = 0] = percentiles(serviceTimes, stage, [50, 99, 99.9]);
  const { busyShare, idleShare, blockedShare } = timeShares(stretches.all);
  return {
    items: items.toString(),
    minMs,
    maxMs,
    meanMs: items === 0n ? 0 : totalMs / Number(items),
    p50Ms,
    p99Ms,
    p999Ms,
    busyShare,
    idleShare,
    blockedShare,
  };
}

const strategyReport = (strategy: StrategyState): StrategyReport => ({
  items: strategy.items.toString(),
  signals: strategy.signals.toString(),
  errors: strategy.errors.toString(),
  totalMs: strategy.totalMs,
  maxMs: strategy.maxMs,
  ...(strategy.firstError === undefined ? {} : { firstError: strategy.firstError }),
});

/** A record by name, in the order of names. */
function byName<V, W>(entries: readonly [string, V][], report: (value: V) => W): Record<string, W> {
  return Object.fromEntries(
    [...entries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]): [string, W] => [name, report(value)]),
  );
}

function edgeReport(edge: EdgeState, shares: EdgeShares, producer: StageState): EdgeReport {
  const { lateness } = edge;
  const range = { minMs: 0, maxMs: lateness.maxMs };
  const [latenessP50Ms = 0, latenessP99Ms = 0] = percentiles(lateness.cells, range, [50, 99]);
  const isMixed = edge.clockDelivered > 0n && edge.clockDelivered < edge.delivered;
  return {
    delivered: edge.delivered.toString(),
    backpressure: edge.backpressure.toString(),
    burst: edge.burst.toString(),
    behind: edge.behind.toString(),
    overruns: edge.overruns.toString(),
    dropped: edge.dropped.toString(),
    discarded: edge.discarded.toString(),
    share: shares.share,
    behindShare: shares.behindShare,
    grade: shares.grade,
    latenessP50Ms,
    latenessP99Ms,
    latenessMaxMs: lateness.maxMs,
    blockedMs: producer.stretches.all.blockedMs,
    bySymbol: byName(entriesOf(edge.bySymbol), (tally) => ({
      delivered: tally.delivered.toString(),
      backpressure: tally.backpressure.toString(),
      behind: tally.behind.toString(),
    })),
    ...(isMixed ? { clockDelivered: edge.clockDelivered.toString() } : {}),
  };
}

/** The report of a run, finished or not, as plain JSON. A pure function of the state. */
export function buildReport(state: MetricsState): Report {
  const { evidence, verdict, actions } = diagnose(state);
  const { bars, stages, edges } = state;
  const stage = (name: StageName): StageReport => stageReport(stages[name]);
  const edge = (name: EdgeName, producer: StageName): EdgeReport =>
    edgeReport(edges[name], evidence.edges[name], stages[producer]);
  return {
    schema: 1,
    run: runReport(state),
    bars: {
      ticks: bars.ticks.toString(),
      base: bars.base.toString(),
      derived: bars.derived.toString(),
      late: bars.late.toString(),
      outOfOrder: bars.outOfOrder.toString(),
      badRows: bars.badRows.toString(),
    },
    signals: state.signals.toString(),
    stages: {
      coordinator: stage('coordinator'),
      processor: stage('processor'),
      analysis: {
        ...stage('analysis'),
        strategies: byName(Object.entries(state.strategies), strategyReport),
      },
    },
    edges: {
      'coordinator-processor': edge('coordinator-processor', 'coordinator'),
      'processor-analysis': edge('processor-analysis', 'processor'),
    },
    verdict,
    actions,
  };
}
