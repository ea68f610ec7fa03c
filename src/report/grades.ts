import type { EdgeName, Mode } from '../../streams/events';
import { named, STANDARD_TOPOLOGY } from '../../streams/topology';
import type { StandardEdge, TopologyEdge } from '../../streams/topology';
import { edgeIn, edgesOf } from '../metrics';
import type { EdgeState, MetricsState } from '../metrics';

export type Grade = 'perfect' | 'low' | 'medium' | 'high' | 'n/a';

export type Thresholds = TopologyEdge['thresholds'];

/** The guide's table, for the edges between the standard stages. */
export const THRESHOLDS = Object.freeze(
  Object.fromEntries(edgesOf(STANDARD_TOPOLOGY).map(({ name, thresholds }) => [name, thresholds])),
) as Readonly<Record<StandardEdge, Thresholds>>;

export interface EdgeShares {
  /** What the shares are taken of. */
  readonly counted: bigint;
  /** Of all backpressure events. */
  readonly share: number;
  /** Of *behind* events. */
  readonly behindShare: number;
  readonly grade: Grade;
}

const ratio = (part: bigint, whole: bigint): number =>
  whole === 0n ? 0 : Number(part) / Number(whole);

/**
 * Where nothing is counted (data-driven mode) there is nothing to grade. A run that was in both
 * modes is graded by what was delivered in clock-driven mode.
 */
const nothingCounted = (edge: EdgeState, mode: Mode): boolean =>
  edge.clockDelivered === 0n && (edge.delivered > 0n || mode === 'data');

export function sharesOf(name: EdgeName, state: MetricsState): EdgeShares {
  const edge = named(state.edges, name);
  const counted = edge.clockDelivered;
  const share = ratio(edge.backpressure, counted);
  const behindShare = ratio(edge.behind, counted);
  const shares = { counted, share, behindShare };
  if (nothingCounted(edge, state.run.mode)) return { ...shares, grade: 'n/a' };
  return { ...shares, grade: gradeOf(edgeIn(state.topology, name), behindShare) };
}

/** The grade of an edge on which something is counted, by the share of *behind* events. */
export function gradeOf(
  { thresholds: { medium, high } }: Pick<TopologyEdge, 'thresholds'>,
  behindShare: number,
): Exclude<Grade, 'n/a'> {
  if (behindShare === 0) return 'perfect';
  if (behindShare < medium) return 'low';
  return behindShare > high ? 'high' : 'medium';
}

/** Medium or worse. */
export const isPressed = (grade: Grade): boolean => grade === 'medium' || grade === 'high';
