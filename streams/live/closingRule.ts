import { smallestOf } from '../../operators/kernel/extremes';
import type { Micros } from '../bars/bar';

/** What the rule knows of a source. */
interface SourceClock {
  /** −Infinity before its first row: it does not count then. */
  skew: Micros;
  lastFrame: Micros;
}

export interface ClosingRuleOptions {
  readonly sources: number;
  /** How long after its end a window stays open for rows that are on their way. */
  readonly grace: Micros;
  /** A source without a frame for so long does not count, as long as another one does. */
  readonly stale: Micros;
}

/**
 * When windows of event time close, on the receive clock: a window that ends at `e` closes at
 * `e − skew + grace`, with several sources at the latest of their instants. A pure function of the
 * receive stamps: no timer has a say in it, so that a recording closes the same windows at the same
 * instants.
 */
export class ClosingRule {
  readonly #sources: readonly SourceClock[];
  readonly #grace: Micros;
  readonly #stale: Micros;

  constructor({ sources, grace, stale }: ClosingRuleOptions) {
    this.#sources = Array.from({ length: sources }, () => ({
      skew: -Infinity,
      lastFrame: -Infinity,
    }));
    this.#grace = grace;
    this.#stale = stale;
  }

  /** A frame of any kind came. */
  heard(source: number, at: Micros): void {
    (this.#sources[source] as SourceClock).lastFrame = at;
  }

  setSkew(source: number, skew: Micros): void {
    (this.#sources[source] as SourceClock).skew = skew;
  }

  /** Infinity while no source has had a row. */
  closesAt(end: Micros): Micros {
    const [only, ...others] = this.#sources;
    if (only === undefined) return Infinity;
    if (others.length === 0) return end - only.skew + this.#grace;
    const known = this.#sources.filter(({ skew }) => skew > -Infinity);
    const instantOf = ({ skew }: SourceClock): Micros => end - skew + this.#grace;
    const staleAt = ({ lastFrame }: SourceClock): Micros => lastFrame + this.#stale;
    // The instant is one source's, or the one at which a slower source becomes stale.
    const candidates = known.flatMap((source) => [instantOf(source), staleAt(source)]);
    const isClosedAt = (at: Micros): boolean => {
      const fresh = known.filter((source) => at < staleAt(source));
      return (fresh.length > 0 ? fresh : known).every((source) => at >= instantOf(source));
    };
    return smallestOf(candidates.filter(isClosedAt));
  }
}
