import { named } from '../../streams/topology';
import type { Topology } from '../../streams/topology';
import { edgesOf, counterOf, marketProgress } from '../metrics';
import type { MetricsState } from '../metrics';
import type { JournalHeader, Liveness } from '../journal';
import { buildReport } from '../report';
import type { Decimal, EdgeReport, Report } from '../report';
import { counted, duration, grouped } from '../report/format';

export type StatusName = 'running' | 'paused' | 'done' | 'stopped' | 'failed' | 'interrupted';

/** The state of a run, as plain JSON: the guide's *system status*. */
export interface Status {
  readonly schema: 1;
  readonly id: string;
  readonly state: StatusName;
  readonly error?: string;
  /** Of how many runs it is the state. */
  readonly mergedOf?: number;
  readonly mode: Report['run']['mode'];
  readonly speed: number;
  readonly time: Report['run']['time'];
  /** ISO time, and absent before the first release. */
  readonly marketTime?: string;
  /** Share of the input read, 0 to 1. */
  readonly progress: number;
  /** Share of the market time replayed, 0 to 1; absent where the end is not known. */
  readonly marketProgress?: number;
  /** Seconds until the end at the pace of the run so far; only of a run in progress whose end is known. */
  readonly etaSeconds?: number;
  readonly startedAt: string;
  /** When the journal was written to last: ISO time. */
  readonly heardAt: string;
  readonly events: Decimal;
  /** Only where the stages are others than the standard three. */
  readonly topology?: Topology;
  readonly edges: Report['edges'];
  readonly stages: Report['stages'];
  /** Of a live run only. */
  readonly feed?: Report['feed'];
  readonly warnings: readonly string[];
  readonly verdict: Report['verdict'];
}

/** A run as far as is known. */
export interface Known {
  readonly header: JournalHeader;
  readonly state: MetricsState;
  readonly seq: number;
  readonly wall: number;
  readonly liveness: Liveness;
  /** What else somebody should know: lines of the journal that were left out, say. */
  readonly remarks?: readonly string[];
}

/** @param report of the state, where it is known already */
export function statusOf(
  { header, state, seq, wall, liveness, remarks = [] }: Known,
  report: Report = buildReport(state),
): Status {
  const { market, run } = state;
  const share = marketProgress(state);
  return {
    schema: 1,
    id: header.run,
    state: stateName(state, liveness),
    ...(run.error === undefined ? {} : { error: run.error }),
    ...(run.mergedOf === undefined ? {} : { mergedOf: run.mergedOf }),
    mode: report.run.mode,
    speed: report.run.speed,
    time: report.run.time,
    ...(market.time === undefined ? {} : { marketTime: isoOf(market.time / 1000) }),
    progress: market.progress,
    ...(share === undefined ? {} : { marketProgress: share }),
    ...etaOf(state, share, { header, wall, liveness }),
    startedAt: isoOf(header.wall),
    heardAt: isoOf(wall),
    events: String(seq),
    ...(report.topology === undefined ? {} : { topology: report.topology }),
    edges: report.edges,
    stages: report.stages,
    ...(report.feed === undefined ? {} : { feed: report.feed }),
    warnings: [...warningsOf(report, state), ...remarks],
    verdict: report.verdict,
  };
}

/** What is left, at the pace from the start until the journal was written to last. */
function etaOf(
  state: MetricsState,
  share: number | undefined,
  { header, wall, liveness }: Pick<Known, 'header' | 'wall' | 'liveness'>,
): { readonly etaSeconds?: number } {
  if (share === undefined || share === 0 || stateName(state, liveness) !== 'running') return {};
  const elapsed = Math.max(0, wall - (state.run.startedAt ?? header.wall)) / 1_000;
  return { etaSeconds: (elapsed * (1 - share)) / share };
}

const isoOf = (ms: number): string => new Date(Math.floor(ms)).toISOString();

export function stateName({ run }: MetricsState, liveness: Liveness): StatusName {
  if (run.outcome !== undefined) return run.outcome;
  if (liveness === 'interrupted') return 'interrupted';
  return run.phase === 'paused' ? 'paused' : 'running';
}

/** The guide warns at every 1,000th event of the first edge and every 500th of those after it: what it said last. */
const FIRST = 1000n;
const OTHERS = 500n;

function edgeWarning(edge: EdgeReport, step: bigint, label: string, name: string): string[] {
  const reached = (BigInt(edge.backpressure) / step) * step;
  if (reached === 0n) return [];
  return [`[BACKPRESSURE] ${label}: ${grouped(reached)} events (${name} falling behind)`];
}

function warningsOf(report: Report, { saturated, run, topology }: MetricsState): string[] {
  const { strategies } = report.stages.analysis;
  return [
    ...edgesOf(topology).flatMap(({ name, label, consumerName }, index) =>
      edgeWarning(named(report.edges, name), index === 0 ? FIRST : OTHERS, label, consumerName),
    ),
    ...Object.entries(strategies)
      .filter(([, { errors }]) => errors !== '0')
      .map(
        ([name, { errors, firstError }]) =>
          `${name}: ${counted(BigInt(errors), 'error')}` +
          (firstError === undefined ? '' : `, the first: ${firstError}`),
      ),
    ...(run.heldMs > 0
      ? [`Held for ${duration(run.heldMs)}: the disk was too slow for the journal`]
      : []),
    ...saturated.map(
      ({ counter, of }) =>
        `The counter "${counterOf(counter).label}"${of === undefined ? '' : ` of ${of}`} has reached 2^63-1 and counts no further.`,
    ),
  ];
}
