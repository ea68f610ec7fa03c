import { isAfter } from '../../operators/readiness';
import { Backlog } from './backlog';
import { WaitHistogram } from './waitHistogram';
import type { Span, Work } from './work';

/** What an edge counts, and how long its consumer let things wait. */
export interface EdgeCounts {
  readonly delivered: number;
  readonly backpressure: number;
  readonly burst: number;
  readonly behind: number;
  readonly overruns: number;
  /** Between offer and start of service: milliseconds. */
  readonly waitMeanMs: number;
  readonly waitP50Ms: number;
  readonly waitP99Ms: number;
  readonly waitMaxMs: number;
  /** How many waited at once, at most. */
  readonly deepestInbox: number;
}

export interface TandemResult {
  readonly first: EdgeCounts;
  readonly second: EdgeCounts;
}

/**
 * Two single servers one behind the other, at a speed: Lindley's recursion (D. V. Lindley, The
 * theory of queues with a single server, 1952), in which an item starts at max(its arrival, the
 * previous finish). Items arrive when they are due, `(time - origin) / speed`; the first server's
 * finishes are the second one's arrivals.
 *
 * Judged like `trackBackpressure` and `serve`, in the same arithmetic: the counts are those of a
 * simulated run with these service times, to the last one. Takes no memory but for the backlog.
 */
export function tandem({ items, updates }: Work, span: Span, speed: number): TandemResult {
  const { time, service, series, length } = items;
  const { service: service2, cause, length: length2 } = updates;
  const origin = span.origin / 1_000;
  const backlog = new Backlog();
  const backlog2 = new Backlog();
  const waits = new WaitHistogram();
  const waits2 = new WaitHistogram();
  let delivered = 0;
  let backpressure = 0;
  let behind = 0;
  let overruns = 0;
  let start = -Infinity;
  let finish = -Infinity;
  // Due time of the first item handed over since the server was last ready.
  let earliest = 0;
  let backpressure2 = 0;
  let behind2 = 0;
  let overruns2 = 0;
  let start2 = -Infinity;
  let finish2 = -Infinity;
  let earliest2 = 0;
  let update = span.firstUpdate;
  let next = update < length2 ? (cause[update] as number) : -1;

  for (let i = span.firstItem; i < length; i += 1) {
    const marketMs = (time[i] as number) / 1_000;
    const due = marketMs > origin ? (marketMs - origin) / speed : 0;
    const counts = (series[i] as number) >= 0;
    if (counts) delivered += 1;
    if (isAfter(finish, due)) {
      if (counts) {
        backpressure += 1;
        if (earliest < due) behind += 1;
        if (isAfter(start, due)) overruns += 1;
        waits.record(finish - due);
      }
      start = finish;
    } else {
      earliest = due;
      start = due;
    }
    if (counts) backlog.add(due, start);
    finish = start + (service[i] as number);
    while (next === i) {
      if (isAfter(finish2, finish)) {
        backpressure2 += 1;
        if (earliest2 < due) behind2 += 1;
        if (isAfter(start2, finish)) overruns2 += 1;
        waits2.record(finish2 - finish);
        start2 = finish2;
      } else {
        earliest2 = due;
        start2 = finish;
      }
      backlog2.add(finish, start2);
      finish2 = start2 + (service2[update] as number);
      update += 1;
      next = update < length2 ? (cause[update] as number) : -1;
    }
  }
  const edge = (counts: Counts, waited: WaitHistogram, { deepest }: Backlog): EdgeCounts => ({
    ...counts,
    burst: counts.backpressure - counts.behind,
    waitMeanMs: counts.delivered === 0 ? 0 : waited.total / counts.delivered,
    waitP50Ms: waited.percentile(0.5, counts.delivered),
    waitP99Ms: waited.percentile(0.99, counts.delivered),
    waitMaxMs: waited.max,
    deepestInbox: deepest,
  });
  const first = { delivered, backpressure, behind, overruns };
  const second = {
    delivered: length2 - span.firstUpdate,
    backpressure: backpressure2,
    behind: behind2,
    overruns: overruns2,
  };
  return { first: edge(first, waits, backlog), second: edge(second, waits2, backlog2) };
}

type Counts = Pick<EdgeCounts, 'delivered' | 'backpressure' | 'behind' | 'overruns'>;
