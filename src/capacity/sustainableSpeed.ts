import { EDGE_BEFORE } from '../../streams/topology';
import type { StandardEdge } from '../../streams/topology';
import { THRESHOLDS } from '../report';
import { highestSpeed } from './highestSpeed';
import { pressureOn } from './keepsWithin';
import { countedIn } from './work';
import type { Span, Work } from './work';

/** From `speed` on the edge grades high; Infinity: at none. */
export interface CriticalSpeed {
  readonly edge: StandardEdge;
  readonly speed: number;
}

/** The greatest count whose share of `counted` is allowed. */
function mostOf(counted: number, share: number, allowed: (share: number) => boolean): number {
  if (counted === 0) return 0;
  let most = Math.ceil(counted * share) + 1;
  while (most > 0 && !allowed(most / counted)) most -= 1;
  return most;
}

const { processor: FIRST, analysis: SECOND } = EDGE_BEFORE;

/** The highest speed at which no edge grades worse than low. */
export function sustainableSpeedOf(work: Work, span: Span, guess: number, step?: number): number {
  const counted = countedIn(work, span);
  const low = (edge: StandardEdge, of: number): number =>
    mostOf(of, THRESHOLDS[edge].medium, (share) => share < THRESHOLDS[edge].medium);
  const allowance = { first: low(FIRST, counted.items), second: low(SECOND, counted.updates) };
  return highestSpeed((speed) => pressureOn(work, span, speed, allowance), guess, step);
}

/** The edges in the order in which they become critical, as the speed rises. */
export function criticalSpeedsOf(work: Work, span: Span, guess: number): CriticalSpeed[] {
  const counted = countedIn(work, span);
  const notHigh = (edge: StandardEdge, of: number): number =>
    mostOf(of, THRESHOLDS[edge].high, (share) => share <= THRESHOLDS[edge].high);
  const first = { first: notHigh(FIRST, counted.items), second: Infinity };
  const second = { first: Infinity, second: notHigh(SECOND, counted.updates) };
  return [
    { edge: FIRST, allowance: first },
    { edge: SECOND, allowance: second },
  ]
    .map(({ edge, allowance }) => ({
      edge,
      speed: highestSpeed((speed) => pressureOn(work, span, speed, allowance), guess),
    }))
    .sort((a, b) => (a.speed === b.speed ? 0 : a.speed - b.speed));
}
