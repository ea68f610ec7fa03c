import type { EdgeEvent } from '../operators/events';
import type { Micros } from './bars/bar';
import type { BucketCounts, FeedEvent } from './feedEvents';
import type { EvidenceEvent, Pattern } from './evidenceEvent';
import type { EdgeName, StageName, Topology } from './topology';

export type {
  BehindRange,
  BusyPeriod,
  CostlyService,
  EvidenceEvent,
  MinuteEvidence,
  Pattern,
  PatternSums,
} from './evidenceEvent';
export type { EdgeName, StageName };

export type Mode = 'clock' | 'data';
export type Time = 'simulated' | 'wall';

export type { BucketCounts, FeedEvent };

/** Work that something would take away: all of it that fits every name. */
export interface TakenWork {
  readonly stage?: StageName;
  readonly strategy?: string;
  readonly symbol?: string;
  readonly interval?: string;
  /** What is left of it, 0 to 1. */
  readonly factor: number;
  /** Only the time in which strategies were awaited. */
  readonly awaited?: true;
  /** Nothing is taken away: the symbols are split over this many analysis stages. */
  readonly shards?: number;
}

/** Speeds up to which something holds; absent where it holds at any speed. */
export interface SpeedLimits {
  readonly sustainableSpeed?: number;
  readonly stableSpeed?: number;
}

/** What the coordinator's thread spends its time on; `opening`: until the first rows are there. */
export const THREAD_PARTS = [
  'opening',
  'reading',
  'building',
  'releasing',
  'counting',
  'processor',
  'strategies',
  'idle',
] as const;
export type ThreadPart = (typeof THREAD_PARTS)[number];

/** A run's verdict as far as lists show it. */
export interface BriefVerdict {
  /** `none`, a stage, or `both`: two stages or more. */
  readonly culprit: string;
  readonly pattern?: Pattern;
  /** What goes with it, such as `failing-strategy`. */
  readonly modifiers: readonly string[];
}

/** What a run was asked to do; the first event of every run carries it. */
export interface RunConfiguration {
  readonly id: string;
  readonly mode: Mode;
  /** Market seconds per second. */
  readonly speed: number;
  readonly time: Time;
  /** Names of the sources, as they were given. */
  readonly files: readonly string[];
  readonly bars: string;
  readonly derive: readonly string[];
  readonly strategies: readonly string[];
  /** False: service times are not measured. */
  readonly timings: boolean;
  /** Of the run's stages, where each has its own. */
  readonly threads?: number;
  /** With threads: how many items a data-driven edge lets its consumer be behind before its gate holds. */
  readonly demand?: number;
  /** The stages and edges; absent where they are the standard ones. */
  readonly topology?: Topology;
}

/** `at`, here and everywhere: milliseconds on the run's own clock, 0 at its start. */
export type PipelineEvent =
  | EdgeEvent
  | EvidenceEvent
  | FeedEvent
  | {
      readonly type: 'started';
      readonly at: number;
      readonly wallTime: number;
      readonly configuration: RunConfiguration;
    }
  /** What the coordinator read and the stages built since the last such event. */
  | {
      readonly type: 'ingested';
      readonly at: number;
      readonly ticks: number;
      readonly base: number;
      readonly derived: number;
      readonly late: number;
      readonly outOfOrder: number;
      readonly badRows: number;
      /** Symbols seen for the first time. */
      readonly symbols: readonly string[];
      /** Market time of the first row there is; absent before it. */
      readonly marketStart?: Micros;
      /** Market time that was released last; absent before the first release. */
      readonly marketTime?: Micros;
      /** Market time at which the run will end; absent where that is not known yet. */
      readonly marketEnd?: Micros;
      /** Share of the input read, 0 to 1. */
      readonly progress: number;
    }
  /** Items a stage finished since the last such event; `buckets` hold service times in milliseconds. */
  | {
      readonly type: 'served';
      readonly at: number;
      readonly stage: StageName;
      readonly count: number;
      readonly totalMs: number;
      readonly minMs: number;
      readonly maxMs: number;
      readonly buckets: BucketCounts;
    }
  /** Start of service minus due time, of the counted items that a stage began to serve. */
  | {
      readonly type: 'lateness';
      readonly at: number;
      readonly edge: EdgeName;
      readonly count: number;
      /** Sum in milliseconds; absent in older journals. */
      readonly totalMs?: number;
      readonly maxMs: number;
      readonly buckets: BucketCounts;
    }
  /** How much later than due the coordinator's deliveries left; above 0 on the wall clock only. */
  | {
      readonly type: 'trailing';
      readonly at: number;
      readonly count: number;
      readonly maxMs: number;
      readonly buckets: BucketCounts;
      /** The same without the time that its thread spent in services of other stages meanwhile; absent where that is none. */
      readonly ownBuckets?: BucketCounts;
    }
  /** Where the time of the coordinator's thread went since the last such event; in simulated time, only what reading and building took. */
  | {
      readonly type: 'spent';
      readonly at: number;
      readonly ms: Readonly<Partial<Record<ThreadPart, number>>>;
    }
  /** With threads: what a stage's thread spent on receiving and handing over items, beside its services, since the last such event. */
  | {
      readonly type: 'handedOver';
      readonly at: number;
      readonly stage: StageName;
      readonly ms: number;
    }
  /** One strategy on one symbol and interval since the last such event. */
  | {
      readonly type: 'strategy';
      readonly at: number;
      readonly strategy: string;
      readonly symbol: string;
      readonly interval: string;
      readonly items: number;
      readonly signals: number;
      readonly errors: number;
      readonly totalMs: number;
      readonly maxMs: number;
      /** The first error's message since the last such event. */
      readonly error?: string;
    }
  /**
   * What an edge counted of many symbols, in columns, instead of an event each. Symbols are numbers: of
   * all `names` of such events so far, in order.
   */
  | {
      readonly type: 'counts';
      readonly at: number;
      readonly edge: EdgeName;
      /** Symbols that were not named before. */
      readonly names: readonly string[];
      /** Absent where they are the first ones of all, in order. */
      readonly symbols?: readonly number[];
      readonly delivered: readonly number[];
      /** Empty where nothing was. */
      readonly backpressure: readonly number[];
      readonly burst: readonly number[];
      readonly overruns: number;
      readonly dropped: number;
      readonly discarded: number;
    }
  /** What strategies did on many symbols, in columns, instead of an event each. */
  | {
      readonly type: 'worked';
      readonly at: number;
      readonly totals: readonly {
        readonly strategy: string;
        readonly items: number;
        readonly signals: number;
        readonly errors: number;
        readonly totalMs: number;
        readonly maxMs: number;
        readonly error?: string;
      }[];
      /** Symbols that were not named before. */
      readonly names: readonly string[];
      readonly intervals: readonly string[];
      /** Indices into `totals`, and into `intervals`; empty where all are 0. */
      readonly strategies: readonly number[];
      readonly ofIntervals: readonly number[];
      /** Indices into all names so far; absent where each strategy and interval has the first ones of all, in order. */
      readonly symbols?: readonly number[];
      readonly items: readonly number[];
      readonly totalMs: readonly number[];
    }
  /** Closes a window of a stage, after every other event of the stage, and of the edge behind it, in that window. */
  | {
      readonly type: 'window';
      /** Absent in older journals, where one event described all stages. */
      readonly stage?: StageName;
      readonly at: number;
      /** Where the stretch of the run's time began. */
      readonly from: number;
      /** Market time (from, to] at which what the stage was handed in it was due; absent before the first item. */
      readonly market?: { readonly from: Micros; readonly to: Micros };
      /** The window is not over: its counts left early, for who watches a run in real time or changes it. */
      readonly partial?: true;
      /** Run time for which the stage worked, and for which its outputs waited for the next gate; under its name. */
      readonly busyMs: Readonly<Record<string, number>>;
      readonly blockedMs: Readonly<Record<string, number>>;
      /** The run was paused, or held, for all of the stretch: what was busy or blocked in it tells of no stage. */
      readonly paused?: true;
    }
  /** How far what was measured can be relied on. */
  | {
      readonly type: 'conditions';
      readonly at: number;
      /** Time for which the serving threads waited for a core, over that and their running time; null where unknown. */
      readonly runQueueShare: number | null;
      /** Garbage collection pauses over the run's real time. */
      readonly gcShare: number;
    }
  /** How fast the run could go, by its recorded service times, and with some of its work taken away. */
  | (SpeedLimits & {
      readonly type: 'speeds';
      readonly at: number;
      /** Not everything was served. */
      readonly estimated: boolean;
      readonly effects: readonly (SpeedLimits & { readonly taken: TakenWork })[];
    })
  | { readonly type: 'mode'; readonly at: number; readonly mode: Mode }
  | { readonly type: 'speed'; readonly at: number; readonly speed: number }
  | { readonly type: 'paused'; readonly at: number }
  | { readonly type: 'resumed'; readonly at: number }
  /**
   * Before the run's clock began, processor and strategies were fed the history before the session: nothing
   * of it is counted elsewhere, and its signals went nowhere.
   */
  | {
      readonly type: 'leadIn';
      readonly at: number;
      /** Market time at which the history begins. */
      readonly from: Micros;
      readonly rows: number;
      /** Base bars. */
      readonly base: number;
      readonly signals: number;
      readonly errors: number;
      /** The first error: the strategy's name, and the message. */
      readonly error?: string;
      /** Real milliseconds that it took. */
      readonly ms: number;
    }
  /** On the wall clock: a gap of market time [from, to) between items that was not waited for. */
  | { readonly type: 'skipped'; readonly at: number; readonly from: Micros; readonly to: Micros }
  /** The run was kept from reading on for so many real milliseconds, because the journal's disk did not keep up. */
  | {
      readonly type: 'held';
      readonly at: number;
      readonly by: 'journal';
      readonly ms: number;
    }
  | {
      readonly type: 'finished';
      readonly at: number;
      readonly wallTime: number;
      readonly outcome: 'done' | 'stopped' | 'failed';
      readonly error?: string;
      /** Real milliseconds before the run's clock began: its threads were being started. */
      readonly startupMs?: number;
      /** In brief; the report has the whole of it. */
      readonly verdict?: BriefVerdict;
    };
