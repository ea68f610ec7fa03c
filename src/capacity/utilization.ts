import type { ServedStage } from '../../streams/topology';
import type { Micros } from '../../streams';
import { largestOf } from '../../operators/kernel/extremes';
import { shardsOf } from './shards';
import type { Span, Work } from './work';

export type { ServedStage };

/** How busy the stages are made over the whole of the span. */
export interface Demand {
  /** Of the market: milliseconds. */
  readonly marketMs: number;
  /** Service times together: milliseconds. */
  readonly busyMs: Readonly<Record<ServedStage, number>>;
  readonly busiest: ServedStage;
  /** The speed at which the busiest stage would have just as much to do as there is time; Infinity for nothing to do. */
  readonly averageSpeed: number;
}

export function demandOf({ items, updates }: Work, span: Span): Demand {
  let processor = 0;
  for (let i = span.firstItem; i < items.length; i += 1) processor += items.service[i] as number;
  let analysis = 0;
  for (let u = span.firstUpdate; u < updates.length; u += 1) {
    analysis += updates.service[u] as number;
  }
  const marketMs = (span.to - span.from - idleIn(items, span)) / 1_000;
  return {
    marketMs,
    busyMs: { processor, analysis },
    busiest: analysis > processor ? 'analysis' : 'processor',
    averageSpeed: speedFor(marketMs, Math.max(processor, analysis)),
  };
}

/** Nothing is due for so long only at nights, on weekends and in breaks. */
const GAP: Micros = 30 * 60_000_000;

/** Gaps, of which nothing is expected: they leave no room for the work of the other times. */
function idleIn({ time, length }: Work['items'], { firstItem, from }: Span): Micros {
  let before = from;
  let idle = 0;
  for (let i = firstItem; i < length; i += 1) {
    const at = time[i] as number;
    if (at - before > GAP) idle += at - before;
    before = at;
  }
  return idle;
}

/** The window in which a stage has most to do, and the speed at which it would just keep up. */
export interface WorstWindow {
  /** Market time, epoch microseconds; a release at `to` belongs to it, one at `from` does not. */
  readonly from: Micros;
  readonly to: Micros;
  readonly stage: ServedStage;
  readonly speed: number;
}

/** Of windows of this length, aligned to the epoch; undefined where nothing takes any time. */
export function worstWindowOf(
  { items, updates }: Work,
  { firstItem, firstUpdate }: Span,
  length: Micros,
): WorstWindow | undefined {
  let worst: { number: number; stage: ServedStage; busyMs: number } | undefined;
  let number = NaN;
  let processor = 0;
  const shards = new Float64Array(shardsOf(updates.shard));
  const close = (): void => {
    const analysis = largestOf(shards);
    const busyMs = Math.max(processor, analysis);
    if (busyMs > (worst?.busyMs ?? 0)) {
      worst = { number, stage: analysis > processor ? 'analysis' : 'processor', busyMs };
    }
  };
  let update = firstUpdate;
  for (let i = firstItem; i < items.length; i += 1) {
    // A bar is released at its end, and belongs to the time that it tells of.
    const window = Math.ceil((items.time[i] as number) / length) - 1;
    if (window !== number) {
      close();
      number = window;
      processor = 0;
      shards.fill(0);
    }
    processor += items.service[i] as number;
    for (; update < updates.length && updates.cause[update] === i; update += 1) {
      const shard = updates.shard?.[update] ?? 0;
      shards[shard] = (shards[shard] as number) + (updates.service[update] as number);
    }
  }
  close();
  if (worst === undefined) return undefined;
  const { stage, busyMs } = worst;
  return {
    from: worst.number * length,
    to: (worst.number + 1) * length,
    stage,
    speed: speedFor(length / 1_000, busyMs),
  };
}

const speedFor = (marketMs: number, busyMs: number): number =>
  busyMs > 0 ? marketMs / busyMs : Infinity;
