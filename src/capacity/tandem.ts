import { LogLinearHistogram } from '../../operators/kernel/logLinearHistogram';
import { Station } from '../../operators/kernel/station';
import { percentilesOf } from '../report/percentiles';
import { Backlog } from './backlog';
import { isPassedOn } from './work';
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

interface TandemResult {
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
  const processor = new MeteredStation();
  const analysis = new MeteredStation();
  let update = span.firstUpdate;
  let next = update < length2 ? (cause[update] as number) : -1;
  for (let i = span.firstItem; i < length; i += 1) {
    const marketMs = (time[i] as number) / 1_000;
    const due = marketMs > origin ? (marketMs - origin) / speed : 0;
    const isCounted = (series[i] as number) >= 0;
    const finish = processor.pass(due, due, service[i] as number, isCounted);
    while (next === i) {
      analysis.pass(due, finish, service2[update] as number, !isPassedOn(updates, update));
      update += 1;
      next = update < length2 ? (cause[update] as number) : -1;
    }
  }
  return { first: processor.counts(), second: analysis.counts() };
}

/** A station that counts what its edge finds, and how long its items wait. */
class MeteredStation {
  readonly #station = new Station();
  readonly #backlog = new Backlog();
  readonly #waits = new LogLinearHistogram();
  #delivered = 0;
  #backpressure = 0;
  #behind = 0;
  #overruns = 0;

  /** One item is offered and served; when service is over. Watermarks take time and are not counted. */
  pass(due: number, offered: number, service: number, isCounted: boolean): number {
    const station = this.#station;
    const judgement = station.offer(due, offered);
    const finish = station.serve(offered, service);
    if (!isCounted) return finish;
    const { start } = station;
    this.#delivered += 1;
    this.#backlog.add(offered, start);
    if (judgement === 'ready') return finish;
    this.#backpressure += 1;
    if (judgement === 'behind') this.#behind += 1;
    if (station.overrun) this.#overruns += 1;
    this.#waits.record(start - offered);
    return finish;
  }

  counts(): EdgeCounts {
    const delivered = this.#delivered;
    const waits = this.#waits;
    const { total, max, count } = waits;
    waits.record(0, delivered - count);
    const range = { minMs: 0, maxMs: max };
    const [waitP50Ms = 0, waitP99Ms = 0] = percentilesOf(waits.drain(), range, [50, 99]);
    return {
      delivered,
      backpressure: this.#backpressure,
      burst: this.#backpressure - this.#behind,
      behind: this.#behind,
      overruns: this.#overruns,
      waitMeanMs: delivered === 0 ? 0 : total / delivered,
      waitP50Ms,
      waitP99Ms,
      waitMaxMs: max,
      deepestInbox: this.#backlog.deepest,
    };
  }
}
