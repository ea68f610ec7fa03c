import type { Observable, SchedulerLike, Subject } from 'rxjs';
import type { WorkMailbox } from '../../operators/kernel/mailbox';
import type { Bar, Micros, Signal } from '../bars/bar';
import type { Feed } from '../bars/feed';
import type { PipelineEvent } from '../events';
import type { PipelineOptions } from '../pipelineOptions';
import type { Controls } from './controls';
import type { LeadInEvent } from './leadIn';
import type { ThreadWaits } from '../threads/threadWaits';
import type { RunWindows } from './windows';

/** What a run and its engine share. */
export interface RunParts {
  readonly feed: Feed;
  readonly controls: Controls;
  readonly mailbox: WorkMailbox;
  readonly events: Subject<PipelineEvent>;
  readonly bars: Subject<Bar>;
  readonly signals: Subject<Signal>;
  readonly options: PipelineOptions;
  /** Market time at which the history before the session begins; undefined where there is none. */
  readonly leadFrom: Micros | undefined;
}

/** A run that is ready to flow: it does when its signals are subscribed to, once. */
export interface Flow {
  /** The run's clock. */
  readonly scheduler: SchedulerLike;
  readonly signals$: Observable<Signal>;
  readonly windows: RunWindows;
  /** How long it took until the clock could start, in milliseconds; absent where nothing had to start. */
  readonly startupMs?: number;
  /** What to say of the history that strategies have heard of already; absent where there was none. */
  readonly leadIn?: LeadInEvent | undefined;
}

/** What carries the stages of a run: this thread, or several. */
export interface Engine {
  /** Names of the strategies. */
  readonly strategies: readonly string[];
  readonly bars$: Observable<Bar>;
  /** Makes the run ready; at once, or when its threads are. */
  open(): Flow | Promise<Flow>;
  /** How the stages' own threads fared with the system's scheduler, once they have ended. */
  readonly waits?: () => readonly (ThreadWaits | undefined)[];
  /** Ends what `open` has begun; a promise where that takes time. */
  close(): Promise<void> | undefined;
}
