import type { Draft } from 'immer';
import { MAX_COUNT, plus } from './saturating';
import type { MetricsState } from './state';

/**
 * Adds to one of the totals, and notes it, once, when it reaches the largest value that 64 bits
 * hold. Parts of a total (bursts, one symbol's share) stop with it and are not noted apart.
 */
export function increment(
  draft: Draft<MetricsState>,
  counter: string,
  before: bigint,
  by: number,
  of?: string,
): bigint {
  const after = plus(before, by);
  if (after === MAX_COUNT && before < MAX_COUNT) {
    draft.saturated.push(of === undefined ? { counter } : { counter, of });
  }
  return after;
}

/** An event that this version cannot fold. */
export class UnknownEventError extends Error {
  readonly code = 'UNKNOWN_EVENT';

  constructor(found: string) {
    super(
      `The metrics store got ${found}, which it does not know. ` +
        'Feed it only the events of a pipeline of this version.',
    );
    this.name = 'UnknownEventError';
  }
}

/** What belongs to a stage or edge of the run. Throws `UnknownEventError` for another name. */
export function entryOf<V>(
  entries: Readonly<Record<string, V>>,
  name: string,
  kind: 'stage' | 'edge',
): V {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry === undefined) throw new UnknownEventError(`an event of the ${kind} "${name}"`);
  return entry;
}
