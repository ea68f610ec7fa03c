import type {
  BehindRange,
  BusyPeriod,
  EdgeName,
  MinuteEvidence,
  Mode,
  Pattern,
  PatternSums,
  PipelineEvent,
  RunConfiguration,
  StageName,
  ThreadPart,
} from '../../streams/events';
import type { FeedCounter } from '../../streams/feedEvents';
import type { Micros } from '../../streams/bars/bar';
import type { Topology } from '../../streams/topology';
import type { Histogram } from './histogram';
import type { SortedCounts } from './sortedCounts';
import type { PersistentMap } from './persistentMap';

export type Phase = 'waiting' | 'running' | 'paused' | 'finished';

export interface RunState {
  /** Absent until the run has started. */
  readonly configuration?: RunConfiguration;
  /** Of how many runs this is the merged state; absent for one. */
  readonly mergedOf?: number;
  readonly phase: Phase;
  readonly outcome?: 'done' | 'stopped' | 'failed';
  readonly error?: string;
  /** Epoch milliseconds. */
  readonly startedAt?: number;
  /** Epoch milliseconds: of the end, or, while the run goes on, the latest that was heard of. */
  readonly wallTime?: number;
  readonly mode: Mode;
  /** When the mode became what it is, on the run's clock. */
  readonly modeSince: number;
  /** Time spent in each mode before `modeSince`. */
  readonly earlierMs: Readonly<Record<Mode, number>>;
  /** Of the time in each mode, that for which the run was paused or held. */
  readonly pausedMs: Readonly<Record<Mode, number>>;
  /** The latest modes, the present one last; at most 100. */
  readonly modes: readonly { readonly mode: Mode; readonly from: number }[];
  readonly speed: number;
  readonly speedChanges: number;
  /** Real milliseconds for which the journal's disk kept the run from reading on. */
  readonly heldMs: number;
  /** Real milliseconds that it took to start the run's threads, where it ended with its own threads. */
  readonly startupMs?: number;
  /** The history that strategies were given before the session; absent where there was none. */
  readonly leadIn?: LeadInState;
}

export type LeadInState = Omit<Extract<PipelineEvent, { readonly type: 'leadIn' }>, 'type' | 'at'>;

/** What was read and built. */
export interface BarsState {
  readonly ticks: bigint;
  readonly base: bigint;
  readonly derived: bigint;
  readonly late: bigint;
  readonly outOfOrder: bigint;
  readonly badRows: bigint;
}

export interface MarketState {
  /** In order of first appearance. */
  readonly symbols: readonly string[];
  /** Names that columns refer to by number. */
  readonly names: readonly string[];
  readonly start?: Micros;
  /** Released last. */
  readonly time?: Micros;
  /** Where the run will end, once that is known. */
  readonly end?: Micros;
  /** Share of the input read, 0 to 1. */
  readonly progress: number;
}

/** How long a stage was looked at, and for how much of that it worked, or waited for the next gate: milliseconds. */
export interface Spent {
  readonly spanMs: number;
  readonly busyMs: number;
  readonly blockedMs: number;
}

/** Measured durations: how many, their sum, the longest, and a histogram. */
export interface Spread {
  readonly count: bigint;
  readonly totalMs: number;
  readonly maxMs: number;
  readonly cells: Histogram;
}

export interface StageState {
  readonly items: bigint;
  readonly totalMs: number;
  /** 0 while there are no items. */
  readonly minMs: number;
  readonly maxMs: number;
  readonly serviceTimes: Histogram;
  readonly spent: Spent;
}

export interface SymbolTally {
  readonly delivered: bigint;
  readonly backpressure: bigint;
  readonly behind: bigint;
}

export interface EdgeState {
  readonly delivered: bigint;
  /** Those of the deliveries that were made in clock-driven mode: what shares are taken of. */
  readonly clockDelivered: bigint;
  readonly backpressure: bigint;
  readonly burst: bigint;
  readonly behind: bigint;
  readonly overruns: bigint;
  readonly dropped: bigint;
  readonly discarded: bigint;
  readonly lateness: Spread;
  readonly bySymbol: PersistentMap<SymbolTally>;
  /** The first 256 symbols with backpressure events, in the order in which they began to have them. */
  readonly firstPressed: readonly string[];
}

export interface MarketTally {
  readonly symbol: string;
  readonly interval: string;
  readonly items: bigint;
  readonly totalMs: number;
}

export interface StrategyState {
  readonly items: bigint;
  readonly signals: bigint;
  readonly errors: bigint;
  readonly totalMs: number;
  readonly maxMs: number;
  readonly firstError?: string;
  /** Per symbol and interval. */
  readonly markets: PersistentMap<MarketTally>;
}

/** A stage with an edge before it. */
export type ConsumerStage = Exclude<StageName, 'coordinator'>;

/** What a verdict on one stage is argued from: bounded, regardless of the run's length. */
export interface EvidenceState {
  readonly deliveries: number;
  readonly behind: number;
  /** *Behind* if all other stages were instant. */
  readonly isolatedBehind: number;
  readonly awaitedMs: number;
  /** The run's first items, to be compared with all. */
  readonly first: { readonly items: number; readonly workMs: number; readonly behind: number };
  /** The minutes with most *behind* events, in order of time. */
  readonly minutes: readonly MinuteEvidence[];
  readonly openMinute?: MinuteEvidence;
  readonly ranges: readonly BehindRange[];
  readonly openRange?: BehindRange;
  /** Deliveries under twice the minute of the day, *behind* events under the next number. */
  readonly minutesOfDay: SortedCounts;
  /** On how many days something was *behind*, and the last of them. */
  readonly days: number;
  readonly lastDay?: number;
  readonly patterns: Readonly<Record<Pattern, PatternSums>>;
  /** The busy periods with the largest waits, in order of time. */
  readonly periods: readonly BusyPeriod[];
  readonly openPeriod?: BusyPeriod;
}

export type SpeedsEvent = Extract<PipelineEvent, { readonly type: 'speeds' }>;

/** How far what was measured can be relied on. */
export interface Conditions {
  /** Time for which the serving threads waited for a core, over that and their running time; null where unknown. */
  readonly runQueueShare: number | null;
  /** Garbage collection pauses over the run's real time. */
  readonly gcShare: number;
}

/** Which 64-bit counter stands at its largest value. */
export interface Saturated {
  /** Its id in the table of counters. */
  readonly counter: string;
  /** The stage or edge, where there are several. */
  readonly of?: string;
}

/** Counts of a feed, or of one of its symbols. */
export type FeedTallyState = Readonly<Record<FeedCounter, bigint>>;

export interface FeedSourceState {
  readonly name: string;
  readonly counts: FeedTallyState;
  /** Milliseconds; absent before its first row. */
  readonly skewMs?: number;
  readonly isConnected: boolean;
  /** How often it was connected. */
  readonly connections: number;
  readonly lastReason?: string;
  /** It is read in the strategies' thread. */
  readonly isInCode?: true;
  readonly hasNoIds?: true;
}

export type GapEvent = Extract<PipelineEvent, { readonly type: 'gap' }>;

/** What a live feed gave and lost. */
export interface FeedState {
  readonly total: FeedTallyState;
  /** In order of first appearance. */
  readonly sources: readonly FeedSourceState[];
  readonly bySymbol: PersistentMap<FeedTallyState>;
  /** How much later than the fastest row of the last minutes rows came. */
  readonly lag: Spread;
  /** The first gaps, at most 20. */
  readonly gaps: readonly Omit<GapEvent, 'type' | 'at'>[];
  /** How often the clocks jumped. */
  readonly jumps: number;
  /** Why the recording ended before the run did. */
  readonly unrecorded?: string;
}

/** Everything that is known of a run: the fold of its events. Plain data; counters are bigint. */
export interface MetricsState {
  /** The stages and edges of the run. `stages`, `edges` and `evidence` have an entry for each. */
  readonly topology: Topology;
  /** The latest time that an event reported, on the run's clock. */
  readonly at: number;
  readonly run: RunState;
  readonly market: MarketState;
  readonly bars: BarsState;
  readonly signals: bigint;
  readonly stages: Readonly<Record<StageName, StageState>>;
  readonly edges: Readonly<Record<EdgeName, EdgeState>>;
  readonly evidence: Readonly<Record<ConsumerStage, EvidenceState>>;
  /** Known at the end of a run. */
  readonly conditions?: Conditions;
  /** How fast the run could go; known at its end, where service times were recorded. */
  readonly speeds?: Omit<SpeedsEvent, 'type' | 'at'>;
  /** Where the time of the coordinator's thread went: milliseconds, parts of which there is something. */
  readonly threadMs: Readonly<Partial<Record<ThreadPart, number>>>;
  /** With threads: what those of the stages spent beside their services. */
  readonly handOverMs: number;
  readonly trailing: Spread;
  /** Of those, how many left more than one base interval late, at the speed that held then. */
  readonly trailed: bigint;
  readonly strategies: Readonly<Record<string, StrategyState>>;
  /** Of a live run only. */
  readonly feed?: FeedState;
  /** One entry for each counter that can count no further, in the order in which that happened. */
  readonly saturated: readonly Saturated[];
}

/** Milliseconds on the run's clock that were spent in each mode so far, paused ones left out. */
export function timeInModes({ at, run }: MetricsState): Readonly<Record<Mode, number>> {
  const present = run.phase === 'waiting' ? 0 : Math.max(0, at - run.modeSince);
  const spent = { ...run.earlierMs, [run.mode]: run.earlierMs[run.mode] + present };
  return {
    clock: Math.max(0, spent.clock - run.pausedMs.clock),
    data: Math.max(0, spent.data - run.pausedMs.data),
  };
}

/** Whether every item that was handed over is served, or will be. */
export const isWhole = ({ edges }: MetricsState): boolean =>
  Object.values(edges).every(({ dropped }) => dropped === 0n);
