import type { EdgeEvent } from '../operators/events';
import type { Micros } from './bars/bar';

export type Mode = 'clock' | 'data';
export type Time = 'simulated' | 'wall';
export type StageName = 'coordinator' | 'processor' | 'analysis';
export type EdgeName = 'coordinator-processor' | 'processor-analysis';

/** A histogram's cells: [index of the cell, occurrences since the last event]. See `operators/kernel/logLinearHistogram.ts`. */
export type BucketCounts = readonly (readonly [bucket: number, count: number])[];

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
  /** Of the run's stages, where each has one of its own. */
  readonly threads?: number;
}

/** `at`, here and everywhere: milliseconds on the run's own clock, 0 at its start. */
export type PipelineEvent =
  | EdgeEvent
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
  /** Closes a stretch of the run's time, after every other event of that stretch. */
  | {
      readonly type: 'window';
      readonly at: number;
      /** Where the stretch began. */
      readonly from: number;
      readonly busyMs: Readonly<Record<StageName, number>>;
      readonly blockedMs: Readonly<Record<StageName, number>>;
      /** The run was paused, or held, for all of the stretch: what was busy or blocked in it tells of no stage. */
      readonly paused?: true;
    }
  | { readonly type: 'mode'; readonly at: number; readonly mode: Mode }
  | { readonly type: 'speed'; readonly at: number; readonly speed: number }
  | { readonly type: 'paused'; readonly at: number }
  | { readonly type: 'resumed'; readonly at: number }
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
    };
