import type { EdgeName, Mode } from '../../streams/events';
import type { EdgeState, MetricsState } from '../metrics';

export type Grade = 'perfect' | 'low' | 'medium' | 'high' | 'n/a';

interface Thresholds {
  /** Shares from here on are medium. */
  readonly medium: number;
  /** Shares above are high. */
  readonly high: number;
}

/** The guide's table. */
export const THRESHOLDS: Readonly<Record<EdgeName, Thresholds>> = Object.freeze({
  'coordinator-processor': { medium: 0.05, high: 0.2 },
  'processor-analysis': { medium: 0.1, high: 0.3 },
});

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
  const edge = state.edges[name];
  const counted = edge.clockDelivered;
  const share = ratio(edge.backpressure, counted);
  const behindShare = ratio(edge.behind, counted);
  const shares = { counted, share, behindShare };
  if (nothingCounted(edge, state.run.mode)) return { ...shares, grade: 'n/a' };
  return { ...shares, grade: gradeOf(name, behindShare) };
}

/** The grade of an edge on which something is counted, by the share of *behind* events. */
export function gradeOf(name: EdgeName, behindShare: number): Exclude<Grade, 'n/a'> {
  const { medium, high } = THRESHOLDS[name];
  if (behindShare === 0) return 'perfect';
  if (behindShare < medium) return 'low';
  return behindShare > high ? 'high' : 'medium';
}

/** Medium or worse. */
export const isPressed = (grade: Grade): boolean => grade === 'medium' || grade === 'high';
