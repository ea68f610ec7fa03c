import type { Micros } from './bars/bar';
import type { StageName } from './topology';

/** How a stage came to be behind; see `docs/verdict.md`. */
export type Pattern = 'overload' | 'slow-items' | 'bursty-arrivals' | 'waiting';

/** Service time spent on one series, by one strategy where there is one. */
export interface CostlyService {
  readonly strategy?: string;
  readonly symbol: string;
  readonly interval: string;
  readonly ms: number;
}

/** A market minute in which something was *behind*: (to - 1 minute, to]. */
export interface MinuteEvidence {
  readonly to: Micros;
  readonly deliveries: number;
  readonly behind: number;
  /** *Behind* if all other stages were instant. */
  readonly isolatedBehind: number;
  readonly workMs: number;
  readonly maxWaitMs: number;
  /** What the work was spent on, most first. */
  readonly top: readonly CostlyService[];
}

/** Consecutive minutes in which something was *behind* and waits did not fall: (from, to]. */
export interface BehindRange {
  readonly from: Micros;
  readonly to: Micros;
  readonly behind: number;
  readonly deliveries: number;
}

/** A busy period with *behind* events; times are those at which its items were due. */
export interface BusyPeriod {
  readonly pattern: Pattern;
  readonly from: Micros;
  /** Of the arrival with the largest wait. */
  readonly riseTo: Micros;
  readonly to: Micros;
  readonly items: number;
  readonly behind: number;
  readonly maxWaitMs: number;
  readonly workMs: number;
  readonly blockedMs: number;
  readonly awaitedMs: number;
  /** The longest services, longest first. */
  readonly top: readonly CostlyService[];
}

/** Busy periods of one pattern. */
export interface PatternSums {
  readonly periods: number;
  readonly behind: number;
  readonly workMs: number;
  readonly awaitedMs: number;
}

/**
 * What a verdict on one stage is argued from: what it served, by market minutes and busy periods,
 * since the last such event. What is still open is reported as it stands, and replaces the last one.
 */
export interface EvidenceEvent {
  readonly type: 'evidence';
  readonly at: number;
  readonly stage: StageName;
  /** Clock-driven hand-overs. */
  readonly deliveries: number;
  readonly behind: number;
  /** *Behind* if all other stages were instant. */
  readonly isolatedBehind: number;
  /** Service time in which nothing was computed. */
  readonly awaitedMs: number;
  /** The part of the run's first items. */
  readonly first?: { readonly items: number; readonly workMs: number; readonly behind: number };
  readonly minutes: readonly MinuteEvidence[];
  readonly openMinute?: MinuteEvidence;
  readonly ranges: readonly BehindRange[];
  readonly openRange?: BehindRange;
  /** Three numbers each: minute of the day, deliveries, behind. */
  readonly minutesOfDay: readonly number[];
  /** Days since the epoch on which something was *behind*. */
  readonly days: readonly number[];
  readonly patterns: Readonly<Partial<Record<Pattern, PatternSums>>>;
  readonly periods: readonly BusyPeriod[];
  readonly openPeriod?: BusyPeriod;
}
