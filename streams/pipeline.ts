import { AsyncSubject, firstValueFrom, Observable, Subject, takeUntil } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { Clock, VirtualClock, WallClock } from '../operators';
import { stopwatch as realTime } from '../operators/kernel/stopwatch';
import type { Bar, Signal } from './bars/bar';
import { Changes } from './engine/changes';
import { Controls } from './engine/controls';
import type { Mode, PipelineEvent } from './events';
import { Feed } from './bars/feed';
import { chooseEngine } from './engine/chooseEngine';
import { History } from './bars/history';
import type { Interval } from './bars/interval';
import { makeStrategies } from './strategies/makeStrategies';
import { settleWithin } from './engine/settleWithin';
import { checkMode, checkOptions, checkSources, checkSpeed } from './pipelineOptions';
import type { PipelineOptions } from './pipelineOptions';
import type { RowSource } from './bars/rows';
import { StrategyRunner } from './strategies/strategyRunner';
import { workMailbox } from '../operators/kernel/mailbox';
import { StageWorkers } from './threads/stageWorkers';
import { park } from './threads/park';
import { STAGE_TIMEOUT } from './threads/threadsOptions';
import { threadedFlow } from './threads/threadedFlow';
import type { RunWindows } from './engine/windows';

/** How a pipeline ended; `error` where it failed. */
export interface Outcome {
  readonly outcome: 'done' | 'stopped' | 'failed';
  readonly error?: unknown;
  /** With threads: how long it took until they were ready, and the run's clock began. */
  readonly startupMs?: number;
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
   * it: not the user's wish, but whoever records the run cannot keep up. Holds add up, with a pause too.
   *
   * @internal
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

/**
 * The whole is a function of its sources, options, scheduler and stopwatch.
 *
 * Throws an `OptionError` where the options make no sense.
 */
export function pipeline(sources: readonly RowSource[], options: PipelineOptions = {}): Pipeline {
  const intervals = checkOptions(options);
  checkSources(sources, intervals[0] as Interval);
  const { mode = 'clock', speed = 1, timings = true, strict = false, from, to } = options;
  const { stopwatch = realTime } = options;
  const { threads } = options;
  const crew =
    threads === undefined ? undefined : new StageWorkers(intervals, { ...options, threads });
  const history = new History(intervals, options.history);
  const strategies = makeStrategies(options.strategies ?? [], intervals);
  const runner = new StrategyRunner(history, strategies, {
    stopwatch: timings ? stopwatch : undefined,
    strict,
    stageTimeout: options.stageTimeout ?? STAGE_TIMEOUT,
    callMonitor: options.callMonitor,
    onCharge: options.itemMeter?.onCharge.bind(options.itemMeter),
  });
  const feed = new Feed(sources, crew?.writer ?? history, { from, to });
  const controls = new Controls(mode, speed);
  const mailbox = workMailbox();

  const events = new Subject<PipelineEvent>();
  const bars = new Subject<Bar>();
  const signals = new Subject<Signal>();
  const ended = new AsyncSubject<Outcome>();
  const stopping = new Subject<void>();
  let scheduler: SchedulerLike | undefined;
  let windows: RunWindows | undefined;
  let started = false;
  let over = false;
  let startupMs: number | undefined;
  let failure: Outcome | undefined;
  const now = (): number => scheduler?.now() ?? 0;
  const changes = new Changes({
    controls,
    mailbox,
    now,
    isOver: () => over,
    windows: () => windows,
    emitEarly: (event) => {
      if (started) events.next(event);
    },
  });

  const close = (closed: Outcome): void => {
    windows?.close(now());
    if (options.scheduler === undefined && scheduler instanceof Clock) scheduler.clear();
    controls.close();
    const end = (): void => {
      const outcome = failure ?? closed;
      bars.complete();
      signals.complete();
      events.complete();
      ended.next(startupMs === undefined ? outcome : { ...outcome, startupMs });
      ended.complete();
    };
    // A scheduler that was given has a time of its own, in which promises may never arrive.
    if (options.scheduler !== undefined && feed.freed === undefined) {
      options.scheduler.schedule(end);
    } else void settleWithin(feed.freed).then(nextTurn).then(end);
  };

  const finish = (outcome: Outcome): void => {
    if (over) return;
    over = true;
    stopping.next();
    if (crew === undefined || !started) close(outcome);
    else {
      void crew.stop().then(() => {
        close(outcome);
      });
    }
  };

  const begin = (flowing: {
    readonly signals$: Observable<Signal>;
    readonly windows: RunWindows;
  }): void => {
    windows = flowing.windows;
    windows.open(now());
    // Not a subscription to end: a synchronous source flows before there is one.
    flowing.signals$.pipe(takeUntil(stopping)).subscribe({
      next: (signal) => {
        runner.onSignal();
        signals.next(signal);
      },
      error: (error: unknown) => {
        finish({ outcome: 'failed', error });
      },
      complete: () => {
        finish({ outcome: 'done' });
      },
    });
  };

  /** The clock starts when the threads have. */
  const beginThreads = async (ready: StageWorkers): Promise<void> => {
    const asked = performance.now();
    try {
      await ready.start(() => feed.counts().symbols);
      if (over) return;
      const origin = performance.now();
      startupMs = origin - asked;
      const clock = (scheduler = new WallClock(origin, park));
      const shared = { crew: ready, feed, controls, mailbox, clock, origin };
      begin(threadedFlow({ ...shared, events, bars, signals, options }));
    } catch (error) {
      finish({ outcome: 'failed', error });
    }
  };

  const start = (): void => {
    if (started || over) return;
    started = true;
    const clock = crew === undefined ? (options.scheduler ?? clockFor(options)) : undefined;
    scheduler = clock;
    if (changes.isPaused) {
      mailbox.run(() => {
        events.next({ type: 'paused', at: now() });
      });
    }
    if (over) return;
    if (crew !== undefined) void beginThreads(crew);
    if (clock === undefined) return;
    const parts = { feed, history, runner, controls, mailbox, scheduler: clock, stopwatch };
    begin(chooseEngine({ ...parts, events, bars, options }));
  };

  return {
    events$: events.asObservable(),
    bars$:
      crew === undefined
        ? bars.asObservable()
        : new Observable((subscriber) => {
            crew.board.barsWanted = true;
            return bars.subscribe(subscriber);
          }),
    signals$: signals.asObservable(),
    mode$: controls.mode$,
    strategies: (threads?.strategies ?? strategies).map(({ name }) => name),
    get mode() {
      return controls.mode;
    },
    get speed() {
      return controls.speed;
    },
    now,
    start,
    setMode(mode) {
      checkMode(mode, options);
      changes.setMode(mode);
    },
    setSpeed(speed) {
      checkSpeed(speed);
      changes.setSpeed(speed);
    },
    pause() {
      changes.setPaused(true);
    },
    resume() {
      changes.setPaused(false);
    },
    hold: () => changes.hold(),
    stop() {
      finish({ outcome: 'stopped' });
    },
    fail(error) {
      failure ??= { outcome: 'failed', error };
      finish(failure);
    },
    ended$: ended.asObservable(),
    ended: firstValueFrom(ended, { defaultValue: { outcome: 'stopped' } }),
  };
}

/** Rejections that nobody handled, as of a strategy that forgot a promise, are heard of before it. */
const nextTurn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const clockFor = ({ time = 'simulated' }: PipelineOptions): Clock =>
  time === 'wall' ? new WallClock() : new VirtualClock();
