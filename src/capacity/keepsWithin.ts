import { Station } from '../../operators/kernel/station';
import { shardsOf } from './shards';
import { isPassedOn } from './work';
import type { Span, Work } from './work';

/** How many *behind* events an edge may have at most; not more than that is counted, either. */
interface Allowance {
  readonly first: number;
  readonly second: number;
}

/**
 * Whether neither edge has more *behind* events than it may have at this speed: the recursion of
 * `tandem`, bare, and over as soon as the answer is known.
 *
 * Once false, false at every higher speed. With `S` for sums of services, the first server's
 * backlog at an arrival is the maximum over the earlier arrivals j of S(j…) - (a - a_j) / speed;
 * the gap between two of its finishes is max(0, gap - wait - service) + service; so with the speed
 * backlogs only grow, and gaps, also those between arrivals at the second server, only shrink. Busy
 * periods begin no later, and who was behind in one remains so. (Save for rounding: two due times
 * that differ by less than a double can tell become one.)
 */
export const keepsWithin = (work: Work, span: Span, speed: number, allowance: Allowance): boolean =>
  pressureOn(work, span, speed, allowance) < 1;

/** How many *behind* events there are to how many there may be: below 1 where none are too many. */
const share = (behind: number, allowed: number): number => behind / (allowed + 0.5);

/**
 * The greater share of both edges. Above 1 it is an estimate, as if the rest of the work were like that until
 * the answer was known.
 */
export function pressureOn(
  { items, updates }: Work,
  span: Span,
  speed: number,
  allowance: Allowance,
): number {
  const { time, service, series, length } = items;
  const { service: service2, cause, length: length2, shard } = updates;
  const { first, second } = allowance;
  const restOf = (at: number): number => (length - span.firstItem) / (at + 1 - span.firstItem);
  const origin = span.origin / 1_000;
  const processor = new Station();
  const shards = Array.from({ length: shardsOf(shard) }, () => new Station());
  let analysis = shards[0] as Station;
  let behind = 0;
  let behind2 = 0;
  let update = span.firstUpdate;
  let next = update < length2 ? (cause[update] as number) : -1;
  for (let i = span.firstItem; i < length; i += 1) {
    const marketMs = (time[i] as number) / 1_000;
    const due = marketMs > origin ? (marketMs - origin) / speed : 0;
    if (processor.offer(due, due) === 'behind' && (series[i] as number) >= 0) {
      behind += 1;
      if (behind > first) return share(behind, first) * restOf(i);
    }
    const finish = processor.serve(due, service[i] as number);
    while (next === i) {
      if (shard !== undefined) analysis = shards[shard[update] as number] as Station;
      if (analysis.offer(due, finish) === 'behind' && !isPassedOn(updates, update)) {
        behind2 += 1;
        if (behind2 > second) return share(behind2, second) * restOf(i);
      }
      analysis.serve(finish, service2[update] as number);
      update += 1;
      next = update < length2 ? (cause[update] as number) : -1;
    }
  }
  return Math.max(share(behind, first), share(behind2, second));
}
