import type { EdgeEvent } from '../../operators';
import { MarbleError } from './marbleError';
import type { Moment } from './recording';

/** The letters of an edge's diagram. */
export const HAND_OVERS = {
  D: 'delivered to a ready consumer',
  B: 'delivered, and the consumer was behind',
  b: 'delivered in a burst',
  O: 'behind, and an earlier item still lay in the inbox',
  o: 'in a burst, and an earlier item still lay in the inbox',
  X: 'dropped by a full inbox',
  Z: 'discarded',
} as const;

type Letter = keyof typeof HAND_OVERS;

interface HandOver {
  readonly index: number;
  readonly frame: number;
  readonly key: string | undefined;
  /** The backpressure event was there, the delivered one is yet to come. */
  readonly open: boolean;
}

/** Events of edges as one letter for each item handed over: what an item caused comes together. */
export function handOvers(moments: readonly Moment<EdgeEvent>[]): Moment<Letter>[] {
  const letters: Moment<Letter>[] = [];
  const latest = new Map<string, HandOver>();
  for (const { kind, frame, value, error } of moments) {
    if (kind !== 'next' || value === undefined) {
      letters.push({ kind, frame, error });
      continue;
    }
    const { type, edge, key, burst = 0 } = single(value);
    const last = latest.get(edge);
    const same = last?.frame === frame && last.key === key;
    const before = same ? letters[last.index]?.value : undefined;
    if (type === 'delivered' && same && last.open) {
      latest.set(edge, { ...last, open: false });
    } else if (type === 'overrun' && (before === 'B' || before === 'b')) {
      letters[last?.index ?? 0] = { kind, frame, value: before === 'B' ? 'O' : 'o' };
      latest.delete(edge);
    } else {
      const index = letters.push({ kind, frame, value: letterOf(type, burst > 0) }) - 1;
      latest.set(edge, { index, frame, key, open: type === 'backpressure' });
    }
  }
  return letters;
}

function letterOf(type: EdgeEvent['type'], burst: boolean): Letter {
  switch (type) {
    case 'delivered':
      return 'D';
    case 'backpressure':
      return burst ? 'b' : 'B';
    case 'overrun':
      return 'O';
    case 'dropped':
      return 'X';
    case 'discarded':
      return 'Z';
  }
}

function single(event: EdgeEvent): EdgeEvent {
  if (event.count === 1) return event;
  throw new MarbleError(
    'MARBLE_INVALID',
    `expectEdge: an event of ${event.edge} stands for ${event.count} occurrences, ` +
      "which can't be drawn. Leave `batch` out, or use expectCounts.",
  );
}
