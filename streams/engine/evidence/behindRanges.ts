import { isAfter } from '../../../operators/kernel/station';
import type { Micros } from '../../bars/bar';
import type { BehindRange } from '../../events';
import { keep, worstOf } from './worst';

/** A market minute in which something arrived. */
interface CountedMinute {
  /** (from, to] */
  readonly from: Micros;
  readonly to: Micros;
  readonly deliveries: number;
  readonly behind: number;
  /** Of its first and its last arrival. */
  readonly firstWaitMs: number;
  readonly lastWaitMs: number;
}

/** The range that goes on, and a minute in which waits fell, which belongs to it if they rise again. */
interface Open {
  readonly range?: BehindRange;
  readonly bridge?: BehindRange;
}

const NONE: Open = {};
const behindOf = ({ behind }: BehindRange): number => behind;

const joined = (a: BehindRange | undefined, b: BehindRange): BehindRange =>
  a === undefined
    ? b
    : {
        from: a.from,
        to: b.to,
        behind: a.behind + b.behind,
        deliveries: a.deliveries + b.deliveries,
      };

/**
 * What a minute makes of the range: it goes on while waits do not fall, from the end of one minute to
 * that of the next. A backlog that is worked off is no trouble of its minute. A burst that leaves a
 * backlog begins a range although nothing is *behind* yet: what is comes next.
 *
 * @param endWaitMs the wait at the end of the minute: that of the first arrival after it, if there is one soon
 */
function extended({ range, bridge }: Open, minute: CountedMinute, endWaitMs: number): Open {
  const { from, to, behind, deliveries, firstWaitMs } = minute;
  const own: BehindRange = { from, to, behind, deliveries };
  const rises = behind > 0 ? endWaitMs >= firstWaitMs : isAfter(endWaitMs, firstWaitMs);
  if (rises) {
    const before = bridge === undefined ? range : joined(range, bridge);
    return { range: joined(before, own) };
  }
  if (range === undefined || behind === 0 || bridge !== undefined) return NONE;
  return range.behind === 0 ? { range: joined(range, own) } : { range, bridge: own };
}

/** Ranges of market minutes in which something was *behind*, and waits did not fall. */
export class BehindRanges {
  #open: Open = NONE;
  /** Its end is not known before the next arrival. */
  #latest: CountedMinute | undefined;
  readonly #closed: BehindRange[] = [];

  /** A minute is over. */
  add(minute: CountedMinute): void {
    if (this.#latest !== undefined) this.#settle(this.#latest.lastWaitMs);
    this.#latest = minute;
  }

  /** The first arrival in the minute after the one that was added last. */
  onNext(waitMs: number): void {
    if (this.#latest !== undefined) this.#settle(waitMs);
  }

  /** A minute in which nothing arrives. */
  break(): void {
    if (this.#latest !== undefined) this.#settle(this.#latest.lastWaitMs);
    this.#follow(NONE);
  }

  /** Those that have ended since the last time. */
  drain(): readonly BehindRange[] {
    const closed = worstOf(this.#closed, behindOf);
    this.#closed.length = 0;
    return closed;
  }

  /** The range that goes on, as it would be if that minute were over too. */
  openWith(minute: CountedMinute | undefined): BehindRange | undefined {
    let open = this.#open;
    if (this.#latest !== undefined) open = extended(open, this.#latest, this.#latest.lastWaitMs);
    const { range } = minute === undefined ? open : lasting(open, minute);
    return range === undefined || range.behind === 0 ? undefined : range;
  }

  #settle(endWaitMs: number): void {
    const minute = this.#latest as CountedMinute;
    this.#latest = undefined;
    this.#follow(extended(this.#open, minute, endWaitMs));
  }

  #follow(open: Open): void {
    const { range } = this.#open;
    const isOver = range !== undefined && open.range?.from !== range.from;
    if (isOver && range.behind > 0) keep(this.#closed, range, behindOf);
    this.#open = open;
  }
}

/** A minute that is not over ends no range. */
function lasting(open: Open, minute: CountedMinute): Open {
  const next = extended(open, minute, minute.lastWaitMs);
  return next.range === undefined ? open : next;
}
