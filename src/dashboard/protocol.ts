/**
 * What the server of the dashboard and its page tell each other, as JSON. Types alone. 64-bit counts are
 * decimal strings; numbers in columns are for drawing.
 */
import type { EdgeName, StageName } from '../../streams/events';
import type { CapacityReport } from '../capacity/capacityReport';
import type { Report } from '../report/reportSchema';
import type { Diff } from '../views/diff';
import type { StatusName } from '../views/status';

export interface EdgeInfo {
  readonly name: EdgeName;
  readonly label: string;
  /** What is handed over, in the plural. */
  readonly items: string;
  readonly producer: StageName;
  readonly consumer: StageName;
  readonly thresholds: { readonly medium: number; readonly high: number };
}

/** What does not change while one looks at a run. */
export interface RunInfo {
  readonly id: string;
  /** ISO time. */
  readonly startedAt: string;
  /** Of the barometer that shows it. */
  readonly version: string;
  readonly stages: readonly { readonly name: StageName; readonly title: string }[];
  readonly edges: readonly EdgeInfo[];
  /** Other runs of the folder, the latest first. */
  readonly others: readonly string[];
  /** Service times were recorded: there is a capacity curve. */
  readonly hasTimings: boolean;
}

/** Time of a stage since the start of the run, in milliseconds. */
export interface StageTime {
  readonly spanMs: number;
  readonly busyMs: number;
  readonly blockedMs: number;
}

/** Work by strategy (rows) and symbol (columns), in milliseconds; the last column is all other symbols. */
export interface WorkTable {
  readonly strategies: readonly string[];
  readonly symbols: readonly string[];
  readonly ms: readonly (readonly number[])[];
}

/** A live feed, where there is one. */
export interface FeedView {
  readonly name: string;
  readonly isConnected: boolean;
}

/** One of several runs that are shown as one. */
export interface MemberView {
  readonly task: string;
  readonly part: string;
  readonly strategies: readonly string[];
  readonly status: string;
  readonly sustainableSpeed: number | null;
  readonly signals: string;
  readonly behindShare: number;
  readonly grade: Report['edges'][string]['grade'];
  readonly errors: string;
}

/** Everything due by a market time, or the latest state. */
export interface MomentView {
  /** Of a window: when it ends, in epoch milliseconds of market time. */
  readonly at?: number;
  /** The last event of it. */
  readonly seq: number;
  /** ISO times. */
  readonly wallTime: string;
  readonly marketTime?: string;
  readonly state: StatusName;
  readonly error?: string;
  readonly progress: number;
  readonly warnings: readonly string[];
  /**
   * As `report --at market:TIME --json` has it, but at most 50 symbols of each edge, those with most events, and
   * none of the feed.
   */
  readonly report: Report;
  readonly time: Readonly<Record<StageName, StageTime>>;
  readonly work: WorkTable;
  readonly feeds: readonly FeedView[];
  /** Of the latest state of several runs: each of them. */
  readonly members?: readonly MemberView[];
}

/** One number per window. */
type Column = readonly number[];

export interface EdgeSeries {
  readonly delivered: Column;
  readonly burst: Column;
  readonly behind: Column;
  readonly dropped: Column;
  /** Milliseconds. */
  readonly latenessP99: Column;
}

/** Windows in columns, from one of them on. */
export interface Series {
  /** Index of the first window here; those before it have not changed. */
  readonly first: number;
  /** The last event of each window, so far. */
  readonly seq: Column;
  /** Market time at which each window ends, in epoch milliseconds. */
  readonly to: Column;
  readonly edges: Readonly<Record<EdgeName, EdgeSeries>>;
  /** Of a live run: rows that are in no bar. */
  readonly feed?: Readonly<Record<'missing' | 'late' | 'dropped', Column>>;
  /** Shares of the run's time. */
  readonly stages: Readonly<Record<StageName, { readonly busy: Column; readonly blocked: Column }>>;
}

/** *Behind* events of an edge by symbol (rows) and time (columns); the last row is all other symbols. */
export interface Heat {
  readonly edge: EdgeName;
  readonly symbols: readonly string[];
  /** End of each column in market time, in epoch milliseconds. */
  readonly to: Column;
  readonly delivered: readonly Column[];
  readonly behind: readonly Column[];
}

/** Another run beside this one. */
export interface Comparison {
  /** The other run is `before`. */
  readonly diff: Diff;
  readonly series: Series;
}

/** What the server sends over the socket: what is new, and the latest state. */
export interface Update {
  /** Share of the journal that has been read, 0 to 1. */
  readonly read: number;
  readonly series: Series;
  readonly head: MomentView;
}

/** The curve of behind shares over speeds. */
export type CapacityView = Pick<CapacityReport, 'answer' | 'curve'> & {
  readonly sustainableSpeed: number | null;
};

/** Everything that a page without a server shows. */
export interface Embedded {
  readonly info: RunInfo;
  readonly series: Series;
  readonly moments: readonly MomentView[];
  readonly heats: readonly Heat[];
  readonly capacity?: CapacityView;
  readonly comparison?: Comparison;
}
