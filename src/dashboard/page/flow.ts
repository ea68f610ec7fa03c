import type { EdgeInfo, MomentView, RunInfo } from '../protocol';

export type Grade = 'perfect' | 'low' | 'medium' | 'high' | 'n/a';

/** An edge over a stretch of the run; counts are decimal strings. */
export interface EdgeFlow {
  readonly delivered: string;
  readonly backpressure: string;
  readonly burst: string;
  readonly behind: string;
  readonly overruns: string;
  readonly dropped: string;
  readonly discarded: string;
  readonly share: number;
  readonly behindShare: number;
  readonly grade: Grade;
}

/** A stage over a stretch of the run. */
export interface StageFlow {
  readonly items: string;
  readonly busyShare: number;
  readonly idleShare: number;
  readonly blockedShare: number;
}

/** Two moments, and what happened between them. */
export interface Span {
  readonly from?: MomentView;
  readonly to: MomentView;
}

const COUNTS = [
  'delivered',
  'backpressure',
  'burst',
  'behind',
  'overruns',
  'dropped',
  'discarded',
] as const;

export const difference = (after: string | undefined, before: string | undefined): string =>
  (BigInt(after ?? 0) - BigInt(before ?? 0)).toString();

function gradeOf({ thresholds }: EdgeInfo, behindShare: number): Grade {
  if (behindShare === 0) return 'perfect';
  if (behindShare < thresholds.medium) return 'low';
  return behindShare > thresholds.high ? 'high' : 'medium';
}

/** What an edge counted in a span. */
export function edgeIn({ from, to }: Span, info: EdgeInfo): EdgeFlow {
  const after = to.report.edges[info.name];
  const before = from?.report.edges[info.name];
  if (after === undefined) throw new Error(`no edge ${info.name}`);
  const counts = Object.fromEntries(
    COUNTS.map((counter) => [counter, difference(after[counter], before?.[counter])]),
  ) as Record<(typeof COUNTS)[number], string>;
  const counted = Number(
    difference(
      after.clockDelivered ?? after.delivered,
      before?.clockDelivered ?? before?.delivered,
    ),
  );
  const share = (count: string): number => (counted > 0 ? Number(count) / counted : 0);
  const behindShare = share(counts.behind);
  return {
    ...counts,
    share: share(counts.backpressure),
    behindShare,
    grade: after.grade === 'n/a' ? 'n/a' : gradeOf(info, behindShare),
  };
}

/** How a stage spent a span. */
export function stageIn({ from, to }: Span, name: string): StageFlow {
  const after = to.time[name];
  const before = from?.time[name];
  const span = (after?.spanMs ?? 0) - (before?.spanMs ?? 0);
  const shareOf = (ms: number): number => (span > 0 ? Math.min(1, Math.max(0, ms / span)) : 0);
  const busyShare = shareOf((after?.busyMs ?? 0) - (before?.busyMs ?? 0));
  const blocked = shareOf((after?.blockedMs ?? 0) - (before?.blockedMs ?? 0));
  const blockedShare = Math.min(blocked, 1 - busyShare);
  return {
    items: difference(itemsOf(to, name), from && itemsOf(from, name)),
    busyShare,
    blockedShare,
    idleShare: span > 0 ? 1 - busyShare - blockedShare : 0,
  };
}

const itemsOf = ({ report }: MomentView, name: string): string | undefined =>
  (report.stages as Readonly<Record<string, { readonly items: string } | undefined>>)[name]?.items;

/** The edge with that consumer. */
export const edgeBefore = ({ edges }: RunInfo, stage: string): EdgeInfo | undefined =>
  edges.find(({ consumer }) => consumer === stage);
