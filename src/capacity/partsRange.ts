import { largestOf, smallestOf } from '../../operators/kernel/extremes';
import { sustainableSpeedOf } from './sustainableSpeed';
import { countedIn } from './work';
import type { Span, Work } from './work';

const PARTS = 4;
/** Shares of fewer deliveries say nothing. */
const LEAST = 20;

/**
 * The sustainable speeds of the slowest and of the fastest quarter of the work: how much one measurement
 * scatters, by its data and by its service times. Undefined where there is too little of it.
 */
export function partsRange(
  work: Work,
  span: Span,
  guess: number,
): readonly [low: number, high: number] | undefined {
  const length = (work.items.length - span.firstItem) / PARTS;
  const speeds = Array.from({ length: PARTS }, (_, part) => {
    const from = span.firstItem + Math.round(part * length);
    const to = span.firstItem + Math.round((part + 1) * length);
    const [own, ownSpan] = cut(work, span, from, to);
    const { items, updates } = countedIn(own, ownSpan);
    return Math.max(items, updates) < LEAST ? undefined : sustainableSpeedOf(own, ownSpan, guess);
  });
  const known = speeds.filter((speed) => speed !== undefined);
  return known.length < PARTS ? undefined : [smallestOf(known), largestOf(known)];
}

/** The items from one index to another, as if the run began with them. */
function cut({ items, updates }: Work, span: Span, from: number, to: number): [Work, Span] {
  const { cause } = updates;
  let first = span.firstUpdate;
  while (first < updates.length && (cause[first] as number) < from) first += 1;
  let last = first;
  while (last < updates.length && (cause[last] as number) < to) last += 1;
  const origin = from === span.firstItem ? span.origin : (items.time[from - 1] as number);
  const time = items.time.subarray(from, to);
  return [
    {
      items: {
        length: to - from,
        time,
        service: items.service.subarray(from, to),
        series: items.series.subarray(from, to),
      },
      updates: {
        length: last - first,
        service: updates.service.subarray(first, last),
        cause: cause.slice(first, last).map((item) => item - from),
        ...(updates.shard === undefined ? {} : { shard: updates.shard.subarray(first, last) }),
      },
    },
    { origin, firstItem: 0, firstUpdate: 0, from: origin, to: time.at(-1) ?? origin },
  ];
}
