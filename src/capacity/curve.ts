import { appendAll, largestOf, smallestOf } from '../../operators/kernel/extremes';
import type { EdgeName, StandardEdge } from '../../streams/topology';
import { gradeOf, THRESHOLDS } from '../report/grades';
import type { Grade } from '../report';
import { tandem } from './tandem';
import type { EdgeCounts } from './tandem';
import type { Demand, ServedStage } from './utilization';
import type { Span, Work } from './work';

export interface EdgeCapacity extends EdgeCounts {
  /** Of all backpressure events, and of *behind* events, over deliveries. */
  readonly share: number;
  readonly behindShare: number;
  readonly grade: Exclude<Grade, 'n/a'>;
}

/** What would be counted at one speed. */
export interface CurvePoint {
  readonly speed: number;
  readonly edges: Readonly<Record<EdgeName, EdgeCapacity>>;
  /** Service times over the time that the market leaves for them; above 1 a stage cannot keep up. */
  readonly stages: Readonly<Record<ServedStage, { readonly utilization: number }>>;
}

export function pointAt(work: Work, span: Span, demand: Demand, speed: number): CurvePoint {
  const { first, second } = tandem(work, span, speed);
  const { marketMs, busyMs } = demand;
  const utilization = (stage: ServedStage): number =>
    busyMs[stage] === 0 ? 0 : (busyMs[stage] * speed) / marketMs;
  return {
    speed,
    edges: {
      'coordinator-processor': edgeOf('coordinator-processor', first),
      'processor-analysis': edgeOf('processor-analysis', second),
    },
    stages: {
      processor: { utilization: utilization('processor') },
      analysis: { utilization: utilization('analysis') },
    },
  };
}

function edgeOf(name: StandardEdge, counts: EdgeCounts): EdgeCapacity {
  const { delivered, backpressure, behind } = counts;
  const share = (count: number): number => (delivered === 0 ? 0 : count / delivered);
  const behindShare = share(behind);
  return {
    ...counts,
    share: share(backpressure),
    behindShare,
    grade: gradeOf({ thresholds: THRESHOLDS[name] }, behindShare),
  };
}

const STEPS = [1, 1.5, 2, 3, 5, 7];
/** No more than fit side by side into a terminal. */
const MOST = 16;

/** Three digits, not more than it is. */
function below(speed: number): number {
  const unit = 10 ** (Math.floor(Math.log10(speed)) - 2);
  return Number((Math.floor(speed / unit) * unit).toPrecision(3));
}

/**
 * Round speeds around those at which something happens: from a quarter of the lowest to twice the
 * highest, real time and the first of them, which is the sustainable one, among them.
 */
export function speedsAround(interesting: readonly number[]): number[] {
  const known = interesting.filter((speed) => speed > 0 && speed < Infinity);
  if (known.length === 0) return [1];
  const low = smallestOf(known) / 4;
  const high = largestOf(known) * 2;
  const round: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power += 1) {
    appendAll(
      round,
      STEPS.map((step) => Number((step * 10 ** power).toPrecision(2))),
    );
  }
  const around = round.filter((speed) => speed >= low && speed <= high);
  const stride = Math.ceil(around.length / MOST);
  const chosen = around.filter((_, index) => index % stride === 0);
  return [...new Set([1, ...known.slice(0, 1).map(below), ...chosen])].sort((a, b) => a - b);
}
