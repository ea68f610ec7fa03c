import { AsyncSubject, firstValueFrom, Subject, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { Clock } from '../../operators';
import type { Bar, Signal } from '../bars/bar';
import type { TickWishes } from '../bars/tickSeries';
import type { Mode, PipelineEvent } from '../events';
import { checkMode, checkSpeed } from '../pipelineOptions';
import type { ThreadWaits } from '../threads/threadWaits';
import { STANDARD_TOPOLOGY } from '../topology';
import type { Topology } from '../topology';
import { Changes } from './controls';
import type { Engine, Flow, RunParts } from './engine';
import { settleWithin } from './settleWithin';

/** How a pipeline ended; `error` where it failed. */
export interface Outcome {
  readonly outcome: 'done' | 'stopped' | 'failed';
  readonly error?: unknown;
  /** With threads: how long it took until they were ready, and the run's clock began. */
  readonly startupMs?: number;
  /** With threads: how those of the stages fared with the system's scheduler. */
  readonly waits?: readonly (ThreadWaits | undefined)[];
}

/** The three stages over their sources, joined by edges; nothing flows before `start`. */
export interface Pipeline {
  /** Counter events of both edges, what the stages measured, and what was changed on the way. */
  readonly events$: Observable<PipelineEvent>;
  /** Base and derived bars as the processor finished them, unfinished ones at the end included. */
  readonly bars$: Observable<Bar>;
  readonly signals$: Observable<Signal>;
  /** The mode, replayed to late subscribers. */
  readonly mode$: Observable<Mode>;
  /** Names of the strategies. */
  readonly strategies: readonly string[];
  /** What they want besides bars. */
  readonly wishes: TickWishes;
  /** The stages, and the edges between them. */
  readonly topology: Topology;
  readonly mode: Mode;
  readonly speed: number;
  /** Milliseconds of the run. */
  now(): number;
  start(): void;
  /** Throws an `OptionError` for clock-driven where service times are not measured. */
  setMode(mode: Mode): void;
  /** Throws an `OptionError` unless the speed is positive and finite. */
  setSpeed(speed: number): void;
  pause(): void;
  resume(): void;
  /**
   * Lets nothing flow, as a pause does, until the returned function is called, and makes no event of
   * it: not the user's wish, but anyone who records the run cannot keep up. Holds add up, with a pause too.
   */
  hold(): () => void;
  /** Interrupts every wait; what gates, inboxes and stages hold is discarded and counted. */
  stop(): void;
  /** Ends the run as failed, for an error that came from outside of its stages. */
  fail(error: unknown): void;
  /** Settles when all has ended and the sources are closed, or take too long for it; never rejects. */
  readonly ended: Promise<Outcome>;
  /** The same, in the time of a `scheduler` that was given. */
  readonly ended$: Observable<Outcome>;
}

/** A run goes one way: created → running → stopping → ended. Stopped before its start, it skips running. */
type State = 'created' | 'running' | 'stopping' | 'ended';

export class PipelineRun implements Pipeline {
  readonly events$: Observable<PipelineEvent>;
  readonly bars$: Observable<Bar>;
  readonly signals$: Observable<Signal>;
  readonly mode$: Observable<Mode>;
  readonly strategies: readonly string[];
  readonly wishes: TickWishes;
  readonly topology = STANDARD_TOPOLOGY;
  readonly ended$: Observable<Outcome>;
  readonly ended: Promise<Outcome>;
  readonly #engine: Engine;
  readonly #parts: RunParts;
  readonly #changes: Changes;
  readonly #stopping = new Subject<void>();
  readonly #outcome = new AsyncSubject<Outcome>();
  #state: State = 'created';
  /** There once the run flows. */
  #flow: Flow | undefined;
  /** An error from outside of the stages: it counts, however the run ends meanwhile. */
  #failure: Outcome | undefined;

  constructor(engine: Engine, parts: RunParts, wishes: TickWishes) {
    const { controls, mailbox, events, signals } = parts;
    this.#engine = engine;
    this.#parts = parts;
    this.events$ = events.asObservable();
    this.bars$ = engine.bars$;
    this.signals$ = signals.asObservable();
    this.mode$ = controls.mode$;
    this.strategies = engine.strategies;
    this.wishes = wishes;
    this.ended$ = this.#outcome.asObservable();
    this.ended = firstValueFrom(this.#outcome, { defaultValue: { outcome: 'stopped' } });
    this.#changes = new Changes({
      controls,
      mailbox,
      now: () => this.now(),
      isOver: () => this.#isOver,
      windows: () => this.#flow?.windows,
      emitEarly: (event) => {
        if (this.#state !== 'created') events.next(event);
      },
    });
  }

  get mode(): Mode {
    return this.#parts.controls.mode;
  }

  get speed(): number {
    return this.#parts.controls.speed;
  }

  now(): number {
    return this.#flow?.scheduler.now() ?? 0;
  }

  /** created → running */
  start(): void {
    if (this.#state !== 'created') return;
    this.#state = 'running';
    const { mailbox, events } = this.#parts;
    if (this.#changes.isPaused) {
      mailbox.run(() => {
        events.next({ type: 'paused', at: 0 });
      });
    }
    // An observer of that event may have stopped it.
    if (this.#isOver) return;
    let opened: Flow | Promise<Flow>;
    try {
      opened = this.#engine.open();
    } catch (error) {
      this.#finish({ outcome: 'failed', error });
      return;
    }
    if (!(opened instanceof Promise)) {
      this.#run(opened);
      return;
    }
    opened.then(
      (flow) => {
        this.#run(flow);
      },
      (error: unknown) => {
        this.#finish({ outcome: 'failed', error });
      },
    );
  }

  setMode(mode: Mode): void {
    checkMode(mode, this.#parts.options);
    this.#changes.setMode(mode);
  }

  setSpeed(speed: number): void {
    checkSpeed(speed);
    this.#changes.setSpeed(speed);
  }

  pause(): void {
    this.#changes.setPaused(true);
  }

  resume(): void {
    this.#changes.setPaused(false);
  }

  hold(): () => void {
    return this.#changes.hold();
  }

  stop(): void {
    this.#finish({ outcome: 'stopped' });
  }

  fail(error: unknown): void {
    this.#failure ??= { outcome: 'failed', error };
    this.#finish(this.#failure);
  }

  get #isOver(): boolean {
    return this.#state === 'stopping' || this.#state === 'ended';
  }

  #run(flow: Flow): void {
    if (this.#isOver) return;
    this.#flow = flow;
    const { leadIn } = flow;
    if (leadIn !== undefined) {
      this.#parts.mailbox.run(() => {
        this.#parts.events.next(leadIn);
      });
    }
    // An observer of that event may have stopped it.
    if (this.#isOver) return;
    flow.windows.open(this.now());
    // Not a subscription to end: a synchronous source flows before there is one.
    flow.signals$.pipe(takeUntil(this.#stopping)).subscribe({
      next: (signal) => {
        this.#parts.signals.next(signal);
      },
      error: (error: unknown) => {
        this.#finish({ outcome: 'failed', error });
      },
      complete: () => {
        this.#finish({ outcome: 'done' });
      },
    });
  }

  /** → stopping: nothing flows any more, and what is under way is discarded and counted. */
  #finish(outcome: Outcome): void {
    if (this.#isOver) return;
    this.#state = 'stopping';
    this.#stopping.next();
    const closed = this.#engine.close();
    if (closed === undefined) this.#close(outcome);
    else {
      void closed.then(() => {
        this.#close(outcome);
      });
    }
  }

  /** stopping → ended: the last window leaves, the sources are closed, and everybody is notified. */
  #close(outcome: Outcome): void {
    const { feed, controls, options } = this.#parts;
    const { scheduler, windows } = this.#flow ?? {};
    windows?.close(this.now());
    if (options.scheduler === undefined && scheduler instanceof Clock) scheduler.clear();
    controls.close();
    const end = (): void => {
      this.#end(this.#failure ?? outcome);
    };
    // A scheduler that was given has its own time, in which promises may never arrive.
    if (options.scheduler !== undefined && feed.freed === undefined) {
      options.scheduler.schedule(end);
    } else void settleWithin(feed.freed).then(nextTurn).then(end);
  }

  #end(outcome: Outcome): void {
    const { events, bars, signals } = this.#parts;
    this.#state = 'ended';
    bars.complete();
    signals.complete();
    events.complete();
    const startupMs = this.#flow?.startupMs;
    const waits = this.#engine.waits?.();
    this.#outcome.next({
      ...outcome,
      ...(startupMs === undefined ? {} : { startupMs }),
      ...(waits === undefined ? {} : { waits }),
    });
    this.#outcome.complete();
  }
}

/** Rejections that nobody handled, as of a strategy that forgot a promise, are heard of before it. */
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
