import { largestOf } from '../../operators/kernel/extremes';
import type { EdgeReport, Report, StageReport, StrategyReport } from '../report';

export type Unit = 'speed' | 'share' | 'ms' | 'count';

/** Something that a report says and that can be required of it. */
export interface Metric {
  readonly unit: Unit;
  /** What may be named in parentheses; where nothing is named, the worst or the sum of all counts. */
  readonly scope?: 'edge' | 'stage' | 'strategy';
  /** Which way is better; absent where neither is. */
  readonly better?: 'more' | 'less';
  readonly what: string;
  /** Undefined where the report does not say it. Speeds may be `Infinity`. */
  readonly read: (report: Report, of: string | undefined) => number | undefined;
}

type Combine = (values: readonly number[]) => number;
const worst: Combine = (values) => Math.max(0, largestOf(values));
const sum: Combine = (values) => values.reduce((total, value) => total + value, 0);

/** Of the one that is named, or of all of them together. */
const among =
  <T>(
    all: (report: Report) => Readonly<Record<string, T>>,
    read: (part: T) => number,
    combine: Combine,
  ): Metric['read'] =>
  (report, of) => {
    const parts = all(report);
    if (of === undefined) return combine(Object.values(parts).map(read));
    return Object.hasOwn(parts, of) ? read(parts[of] as T) : undefined;
  };

const edge = (
  unit: Unit,
  what: string,
  read: (part: EdgeReport) => number,
  combine: Combine,
): Metric => ({
  unit,
  scope: 'edge',
  better: 'less',
  what,
  // What is late, and by how much, is not known where the slowest stage sets the pace.
  read: (report, of) =>
    report.run.mode === 'data' && combine === worst
      ? undefined
      : among(({ edges }) => edges, read, combine)(report, of),
});

const stage = (unit: Unit, what: string, read: (part: StageReport) => number): Metric => ({
  unit,
  scope: 'stage',
  better: 'less',
  what,
  read: among(({ stages }) => stages as Readonly<Record<string, StageReport>>, read, worst),
});

const strategy = (what: string, read: (part: StrategyReport) => number): Metric => ({
  unit: 'count',
  scope: 'strategy',
  what,
  read: among(({ stages }) => stages.analysis.strategies, read, sum),
});

const count = (
  what: string,
  read: (report: Report) => string,
  better?: Metric['better'],
): Metric => ({
  unit: 'count',
  what,
  ...(better !== undefined && { better }),
  read: (report) => Number(read(report)),
});

/** All that can be required, by name. */
export const METRICS: Readonly<Record<string, Metric>> = {
  'sustainable-speed': {
    unit: 'speed',
    better: 'more',
    what: 'up to this speed no edge grades worse than low',
    read: ({ verdict }) => verdict.sustainableSpeed ?? undefined,
  },
  'stable-speed': {
    unit: 'speed',
    better: 'more',
    what: 'up to this speed no market minute has more work than time',
    read: ({ verdict }) => verdict.stableSpeed ?? undefined,
  },
  behind: edge('share', 'share of deliveries that were behind', (e) => e.behindShare, worst),
  backpressure: edge('share', 'share of deliveries with backpressure', (e) => e.share, worst),
  'p50-lateness': edge('ms', 'median lateness', (e) => e.latenessP50Ms, worst),
  'p99-lateness': edge('ms', 'lateness of all but one in a hundred', (e) => e.latenessP99Ms, worst),
  'max-lateness': edge('ms', 'largest lateness', (e) => e.latenessMaxMs, worst),
  events: edge('count', 'backpressure events', (e) => Number(e.backpressure), sum),
  overruns: edge('count', 'calls longer than the time to the next', (e) => Number(e.overruns), sum),
  dropped: edge('count', 'items that a full inbox dropped', (e) => Number(e.dropped), sum),
  busy: stage('share', 'share of the run that the stage worked', (s) => s.busyShare),
  'mean-service': stage('ms', 'mean service time', (s) => s.meanMs),
  'p99-service': stage('ms', 'service time of all but one in a hundred', (s) => s.p99Ms),
  'max-service': stage('ms', 'longest service time', (s) => s.maxMs),
  errors: { ...strategy('calls that failed', (s) => Number(s.errors)), better: 'less' },
  signals: strategy('signals', (s) => Number(s.signals)),
  ticks: count('rows that were read', ({ bars }) => bars.ticks),
  'base-bars': count('base bars', ({ bars }) => bars.base),
  'derived-bars': count('derived bars', ({ bars }) => bars.derived),
  'bad-rows': count('rows that could not be used', ({ bars }) => bars.badRows, 'less'),
  late: count('rows that came after their bar', ({ bars }) => bars.late, 'less'),
  'out-of-order': count('rows that were put in order', ({ bars }) => bars.outOfOrder, 'less'),
};

/** Names that may stand in parentheses. */
export function scopesOf({ scope }: Metric, { edges, stages }: Report): readonly string[] {
  if (scope === 'edge') return Object.keys(edges);
  if (scope === 'stage') return Object.keys(stages);
  return scope === 'strategy' ? Object.keys(stages.analysis.strategies) : [];
}
