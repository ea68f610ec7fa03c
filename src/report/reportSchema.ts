import type { FeedCounter } from '../../streams/feedEvents';
import type { EdgeName, Mode, StageName, ThreadPart, Time } from '../../streams/events';
import type { Topology } from '../../streams/topology';
import type { Action } from './actions/action';
import type { Grade } from './grades';
import type { Verdict } from './verdict/verdictSchema';

/** A 64-bit count in decimal digits: JSON's own numbers are exact to 2^53 only. */
export type Decimal = string;

/** Of a run on the wall clock: how much later than due the coordinator's releases left. */
export interface ScheduleReport {
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
  /** Market seconds a second that the run came to, beside the speed that it was given; absent where that changed. */
  readonly reachedSpeed?: number;
}

/** Milliseconds of the coordinator's thread, part by part; what is missing is nothing. */
export type ThreadTimeReport = Readonly<Partial<Record<ThreadPart | 'unaccounted', number>>>;

/** What strategies were given before the session. */
export interface LeadInReport {
  /** ISO time at which it begins. */
  readonly from: string;
  readonly ticks: Decimal;
  readonly baseBars: Decimal;
  /** They went nowhere. */
  readonly signals: Decimal;
  readonly errors: Decimal;
  readonly firstError?: string;
  /** Real milliseconds that it took. */
  readonly ms: number;
}

export interface RunReport {
  readonly id: string;
  readonly mode: Mode;
  readonly speed: number;
  readonly time: Time;
  /** Of how many runs this is the report, each its own pipeline; absent for one. `speed` is 0 where theirs differ. */
  readonly mergedOf?: number;
  /** 3 where each stage had its own thread. */
  readonly threads: number;
  /** Only of a run with threads: how many items a data-driven edge lets its consumer be behind before its gate holds. */
  readonly demand?: number;
  readonly files: readonly string[];
  /** Base interval; empty before the start. */
  readonly bars: string;
  /** Derived intervals. */
  readonly derive: readonly string[];
  readonly symbols: readonly string[];
  /** ISO time; empty before the start. */
  readonly startedAt: string;
  /** Of the run itself: what it took to start its threads is not in it. */
  readonly wallSeconds: number;
  /** Only of a run with threads that has ended: what it took to start them. */
  readonly startupMs?: number;
  /** Only of a run with a lead-in: the history before the session, of which nothing is counted elsewhere. */
  readonly leadIn?: LeadInReport;
  readonly marketSeconds: number;
  /** ISO times of the data: of the first row, and of the latest release; absent before these. */
  readonly marketFrom?: string;
  readonly marketTo?: string;
  /** Of the run's clock: what the shares of stages are taken of. */
  readonly clockSeconds: number;
  /** What it took until the first rows were there; no bar's service time. */
  readonly openingMs?: number;
  /** Only on the wall clock. */
  readonly schedule?: ScheduleReport;
  /** Only on the wall clock: where the time of the coordinator's thread went. */
  readonly threadTimeMs?: ThreadTimeReport;
  /** Unless the run came to its end: why not. */
  readonly outcome?: 'running' | 'stopped' | 'failed' | 'interrupted';
  readonly error?: string;
  /** Only of a run that was stopped: bars that were read ahead and never offered to the processor. */
  readonly neverOffered?: Decimal;
  /** Only where the journal's disk kept the run from reading on: for how long. */
  readonly heldMs?: number;
  /** Only where the run was in both modes: milliseconds spent in each. */
  readonly timeInModesMs?: Readonly<Record<Mode, number>>;
}

export interface StageReport {
  readonly items: Decimal;
  readonly minMs: number;
  readonly maxMs: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly busyShare: number;
  readonly idleShare: number;
  readonly blockedShare: number;
}

export interface StrategyReport {
  readonly items: Decimal;
  readonly signals: Decimal;
  readonly errors: Decimal;
  readonly totalMs: number;
  readonly maxMs: number;
  /** Only where there were errors. */
  readonly firstError?: string;
}

export interface AnalysisReport extends StageReport {
  readonly strategies: Readonly<Record<string, StrategyReport>>;
}

export interface SymbolReport {
  readonly delivered: Decimal;
  readonly backpressure: Decimal;
  readonly behind: Decimal;
  /** What the strategies took for its bars; on the second edge, where they were timed. */
  readonly workMs?: number;
}

export interface EdgeReport {
  readonly delivered: Decimal;
  readonly backpressure: Decimal;
  readonly burst: Decimal;
  readonly behind: Decimal;
  readonly overruns: Decimal;
  readonly dropped: Decimal;
  readonly discarded: Decimal;
  readonly share: number;
  readonly behindShare: number;
  readonly grade: Grade;
  readonly latenessP50Ms: number;
  readonly latenessP99Ms: number;
  readonly latenessMaxMs: number;
  readonly blockedMs: number;
  readonly bySymbol: Readonly<Record<string, SymbolReport>>;
  /** Only where deliveries were made in both modes: those that the shares are taken of. */
  readonly clockDelivered?: Decimal;
}

/** Counts of a live feed, or of a part of it. */
export type FeedCountsReport = Readonly<Record<FeedCounter, Decimal>>;

export interface FeedSourceReport extends FeedCountsReport {
  readonly reconnects: Decimal;
  /** Absent before its first row. */
  readonly skewMs?: number;
  /** Why it is not connected; absent where it is, or never was. */
  readonly disconnected?: string;
  /** It is read in the strategies' thread: counts of backpressure are a lower bound. */
  readonly isInCode?: true;
  /** Rows have no ids: duplicates and gaps are not known. */
  readonly hasNoIds?: true;
}

/** What a live feed gave, and what became of it before it was in bars. */
export interface FeedReport extends FeedCountsReport {
  readonly reconnects: Decimal;
  readonly lagP99Ms: number;
  readonly bySymbol: Readonly<Record<string, FeedCountsReport>>;
  readonly bySource: Readonly<Record<string, FeedSourceReport>>;
  /** The first gaps, a sentence each; absent where there were none. */
  readonly firstGaps?: readonly string[];
  /** Why the recording ended before the run did. */
  readonly unrecorded?: string;
}

/** What `--json` prints. Within schema 1 fields are only ever added. */
export interface Report {
  readonly schema: 1;
  readonly run: RunReport;
  readonly bars: Readonly<
    Record<'ticks' | 'base' | 'derived' | 'late' | 'outOfOrder' | 'badRows', Decimal>
  >;
  readonly signals: Decimal;
  /** Only where the stages are others than the standard three: the stages and edges, in order. */
  readonly topology?: Topology;
  readonly stages: Readonly<Record<Exclude<StageName, 'analysis'>, StageReport>> & {
    readonly analysis: AnalysisReport;
  };
  readonly edges: Readonly<Record<EdgeName, EdgeReport>>;
  readonly verdict: Verdict;
  readonly actions: readonly Action[];
  /** Only of a live run. */
  readonly feed?: FeedReport;
  /** Only where 64-bit counters stand at their largest value: they are at least that. */
  readonly saturated?: readonly { readonly counter: string; readonly of?: string }[];
}
