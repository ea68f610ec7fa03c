import { forEveryStage, named, STANDARD_TOPOLOGY } from '../../streams/topology';
import {
  edgesOf,
  entriesOf,
  firstEdgeOf,
  namesOf,
  timeInModes,
  valueOf,
  type EdgeState,
  type LeadInState,
  type MetricsState,
  type PersistentMap,
  type StageState,
  type StrategyState,
} from '../metrics';
import { diagnose } from './diagnosis';
import { feedReport } from './feedReport';
import { isoTime } from './format';
import { sharesOf, type EdgeShares } from './grades';
import { capacityIn } from './knownCapacity';
import type { KnownCapacity } from './knownCapacity';
import { percentiles } from './percentiles';
import type {
  AnalysisReport,
  EdgeReport,
  LeadInReport,
  Report,
  RunReport,
  StageReport,
  StrategyReport,
} from './reportSchema';
import { runTimeMs, scheduleReport, threadTime } from './runTime';
import { timeShares } from './timeShares';

function wallSeconds({ at, run }: MetricsState): number {
  if (run.startedAt === undefined) return 0;
  // On the wall clock the run's own time passes like the wall's; news of it may be fresher.
  const onTheWall = run.configuration?.time === 'wall' && run.phase !== 'finished' ? at : 0;
  const elapsed = (run.wallTime ?? run.startedAt) - run.startedAt;
  const before = (run.startupMs ?? 0) + (run.leadIn?.ms ?? 0);
  return Math.max(onTheWall, elapsed - before, 0) / 1000;
}

const leadInReport = ({
  from,
  rows,
  base,
  signals,
  errors,
  error,
  ms,
}: LeadInState): LeadInReport => ({
  from: isoTime(from),
  ticks: rows.toString(),
  baseBars: base.toString(),
  signals: signals.toString(),
  errors: errors.toString(),
  ...(error === undefined ? {} : { firstError: error }),
  ms,
});

/** Bars are read in chunks: the rest of the last one was built for nobody. */
function neverOffered(state: MetricsState): bigint {
  const { bars } = state;
  const { delivered } = firstEdgeOf(state);
  return bars.base > delivered ? bars.base - delivered : 0n;
}

function runReport(state: MetricsState): RunReport {
  const { run, market } = state;
  const { configuration } = run;
  const spent = timeInModes(state);
  const { start, time } = market;
  const schedule = scheduleReport(state);
  const threadTimeMs = threadTime(state);
  const openingMs = state.threadMs.opening ?? 0;
  return {
    id: configuration?.id ?? '',
    mode: run.mode,
    speed: run.speed,
    time: configuration?.time ?? 'simulated',
    threads: configuration?.threads ?? 1,
    ...(run.mergedOf === undefined ? {} : { mergedOf: run.mergedOf }),
    ...(configuration?.demand === undefined ? {} : { demand: configuration.demand }),
    files: configuration?.files ?? [],
    bars: configuration?.bars ?? '',
    derive: configuration?.derive ?? [],
    symbols: market.symbols,
    startedAt: run.startedAt === undefined ? '' : new Date(run.startedAt).toISOString(),
    wallSeconds: wallSeconds(state),
    ...(run.startupMs === undefined ? {} : { startupMs: run.startupMs }),
    ...(run.leadIn === undefined ? {} : { leadIn: leadInReport(run.leadIn) }),
    marketSeconds: start === undefined || time === undefined ? 0 : (time - start) / 1e6,
    ...(start === undefined ? {} : { marketFrom: isoTime(start) }),
    ...(time === undefined ? {} : { marketTo: isoTime(time) }),
    clockSeconds: runTimeMs(state) / 1_000,
    ...(openingMs === 0 ? {} : { openingMs }),
    ...(schedule === undefined ? {} : { schedule }),
    ...(threadTimeMs === undefined ? {} : { threadTimeMs }),
    ...(run.outcome === 'done' ? {} : { outcome: run.outcome ?? 'running' }),
    ...(run.error === undefined ? {} : { error: run.error }),
    ...(run.outcome === 'stopped' ? { neverOffered: neverOffered(state).toString() } : {}),
    ...(run.heldMs === 0 ? {} : { heldMs: run.heldMs }),
    ...(spent.clock > 0 && spent.data > 0 ? { timeInModesMs: spent } : {}),
  };
}

function stageReport(stage: StageState, spanMs: number): StageReport {
  const { items, totalMs, minMs, maxMs, serviceTimes, spent } = stage;
  const [p50Ms = 0, p99Ms = 0, p999Ms = 0] = percentiles(serviceTimes, stage, [50, 99, 99.9]);
  const { busyShare, idleShare, blockedShare } = timeShares({ ...spent, spanMs });
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
const byName = <V, W>(
  record: Readonly<Record<string, V>>,
  report: (value: V) => W,
): Record<string, W> =>
  Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((name) => [name, report(named(record, name))]),
  );

/** The same of a map: one of 100,000 names is not copied into pairs of them first. */
function recordOf<V, W>(
  map: PersistentMap<V>,
  report: (value: V, name: string) => W,
): Record<string, W> {
  const record: Record<string, W> = {};
  for (const name of namesOf(map).sort()) {
    const value = report(valueOf(map, name) as V, name);
    // To assign `__proto__` would be something else.
    if (name === '__proto__') Object.defineProperty(record, name, { ...OWN, value });
    else record[name] = value;
  }
  return record;
}

const OWN = { enumerable: true, configurable: true, writable: true };

/** What the strategies took for each symbol's bars. */
function workBySymbol({ strategies }: MetricsState): ReadonlyMap<string, number> {
  const work = new Map<string, number>();
  for (const { markets } of Object.values(strategies)) {
    for (const [, { symbol, totalMs }] of entriesOf(markets)) {
      work.set(symbol, (work.get(symbol) ?? 0) + totalMs);
    }
  }
  return work;
}

const NO_WORK: ReadonlyMap<string, number> = new Map();

function edgeReport(
  edge: EdgeState,
  shares: EdgeShares,
  producer: StageState,
  work: ReadonlyMap<string, number>,
): EdgeReport {
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
    blockedMs: producer.spent.blockedMs,
    bySymbol: recordOf(edge.bySymbol, ({ delivered, backpressure, behind }, symbol) => {
      const workMs = work.get(symbol);
      const counts = {
        delivered: delivered.toString(),
        backpressure: backpressure.toString(),
        behind: behind.toString(),
      };
      return workMs === undefined ? counts : { ...counts, workMs };
    }),
    ...(isMixed ? { clockDelivered: edge.clockDelivered.toString() } : {}),
  };
}

/** The report of a run, finished or not, as plain JSON. A pure function of the state, and of its capacity where that is known. */
export function buildReport(
  state: MetricsState,
  capacity: KnownCapacity | undefined = capacityIn(state),
): Report {
  const { verdict, actions } = diagnose(state, capacity);
  const { bars, topology } = state;
  const work = workBySymbol(state);
  const runMs = runTimeMs(state);
  const stages = forEveryStage(topology, (name) => stageReport(named(state.stages, name), runMs));
  const analysis: AnalysisReport = {
    ...stages.analysis,
    strategies: byName(state.strategies, strategyReport),
  };
  const edges = edgesOf(topology).map(({ name, producer, consumer }) => [
    name,
    edgeReport(
      named(state.edges, name),
      sharesOf(name, state),
      named(state.stages, producer),
      consumer === 'analysis' ? work : NO_WORK,
    ),
  ]);
  return {
    schema: 1,
    run: runReport(state),
    bars: {
      ticks: bars.ticks.toString(),
      base: bars.base.toString(),
      derived: bars.derived.toString(),
      late: (state.feed?.total.late ?? bars.late).toString(),
      outOfOrder: bars.outOfOrder.toString(),
      badRows: bars.badRows.toString(),
    },
    signals: state.signals.toString(),
    ...(topology === STANDARD_TOPOLOGY ? {} : { topology }),
    stages: Object.assign(stages, { analysis }),
    edges: Object.fromEntries(edges) as Report['edges'],
    verdict,
    actions,
    ...(state.feed === undefined ? {} : { feed: feedReport(state.feed) }),
    ...(state.saturated.length === 0 ? {} : { saturated: state.saturated }),
  };
}
