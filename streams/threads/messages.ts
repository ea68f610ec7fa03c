import type { MessagePort } from 'node:worker_threads';
import type { PipelineEvent } from '../events';
import type { Bar, Micros, Signal } from '../bars/bar';
import type { MarketWindow } from '../engine/marketWindows';
import type { Interval } from '../bars/interval';
import type { Overflow } from '../../operators';
import type { ItemBatch } from './itemBatch';
import type { LeadInTally } from '../engine/leadIn';
import type { ThreadStrategy } from './moduleReference';
import type { RingMemory } from './ring';
import type { LoggedServices } from './serviceLog';
import type { ThreadWaits } from './threadWaits';
import type { Announcement } from './sharedSegment';
import type { ThreadInstrumentReference } from './threadInstrument';

/** What somebody announces through a port before it is heard of in a ring. */
export type Announced =
  | { readonly segment: Announcement }
  /** A bar that is in no series. */
  | { readonly bar: Bar };

/** Where a thread learns of another's announcements. */
export interface AnnouncementSource {
  readonly port: MessagePort;
  readonly count: SharedArrayBuffer;
}

/** What both workers are given when they are started. */
interface CommonWork {
  readonly control: SharedArrayBuffer;
  readonly serving: SharedArrayBuffer;
  readonly intervals: readonly Interval[];
  readonly history: number | undefined;
  readonly incoming: RingMemory;
  readonly announcements: readonly AnnouncementSource[];
  readonly timings: boolean;
  /** Milliseconds that a service takes instead of what is measured. */
  readonly serviceTime: number | undefined;
  readonly batch: { readonly count?: number; readonly time?: number };
  readonly instrument: ThreadInstrumentReference | undefined;
  /** Whether somebody wants to know what each item costs. */
  readonly isMetered: boolean;
  /** How long a window is, where that was requested. */
  readonly windowWidth: Micros | undefined;
}

export interface ProcessorWork extends CommonWork {
  readonly stage: 'processor';
  readonly outgoing: RingMemory;
  /** The analysis gets watermarks too, because strategies are called at them. */
  readonly passesOn: boolean;
  readonly bars: RingMemory;
  readonly capacity: number;
  readonly overflow: Overflow | undefined;
  readonly demand: number;
  /** Where it announces what it writes. */
  readonly announce: AnnouncementSource;
}

export interface AnalysisWork extends CommonWork {
  readonly stage: 'analysis';
  readonly strategies: readonly ThreadStrategy[];
  readonly strict: boolean;
}

export type StageWork = ProcessorWork | AnalysisWork;

/** What a stage measured and counted in a window. */
export interface Account {
  readonly events: readonly PipelineEvent[];
  readonly busyMs: number;
  readonly blockedMs: number;
  /** Derived bars that were closed. */
  readonly derived: number;
  /** The window that it is of; absent before the first item. */
  readonly market?: MarketWindow;
  /** When the stage ended that window, in milliseconds of the run; absent where the account was requested. */
  readonly endedAt?: number;
}

/** An error as it crosses; the class is lost, so that of a strategy says which bar it was. */
export interface CrossedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly strategy?: { readonly name: string; readonly bar: Bar; readonly cause: string };
}

export type FromStage =
  | { readonly type: 'ready'; readonly now: number; readonly timeOrigin: number }
  /** What came of items before the run: the processor's outputs, or what strategies have said so far. */
  | { readonly type: 'leadIn'; readonly outputs: ItemBatch; readonly tally: LeadInTally }
  | { readonly type: 'window'; readonly account: Account }
  | { readonly type: 'signals'; readonly signals: readonly Signal[] }
  | { readonly type: 'services'; readonly services: LoggedServices }
  | { readonly type: 'failed'; readonly error: CrossedError }
  /** The last message; the stage has ended, or was stopped. */
  | {
      readonly type: 'ended';
      readonly account: Account;
      /** Those that found no room on their way to the coordinator's thread. */
      readonly bars: readonly Bar[];
      /** How many items of each symbol it handed over. */
      readonly sent: ReadonlyMap<string, number>;
      /** Of the thread, while it served; undefined where the system does not say. */
      readonly waits: ThreadWaits | undefined;
    };

export type ToStage =
  /** The run begins; `origin`: what `performance.now()` says in the stage's thread at its time 0. */
  | { readonly origin: number }
  /** Items of the history before the run, to be answered with a message `leadIn`. */
  | { readonly leadIn: ItemBatch };
