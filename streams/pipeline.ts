import { BehaviorSubject, filter, Subject, tap } from 'rxjs';
import type { Observable, SchedulerLike, Subscription } from 'rxjs';
import { Clock, OptionError, Readiness, VirtualClock, WallClock } from '../operators';
import type { ServeOptions } from '../operators';
import { analysis } from './analysis';
import type { Bar, Signal } from './bar';
import { Controls } from './controls';
import { coordinator } from './coordinator';
import { CoordinatorMeter } from './coordinatorMeter';
import { edge } from './edge';
import type { EdgeName, Mode, PipelineEvent, StageName } from './events';
import { Feed } from './feed';
import { History } from './history';
import { isBar, symbolOf } from './item';
import type { Item } from './item';
import { checkOptions } from './pipelineOptions';
import type { PipelineOptions } from './pipelineOptions';
import { processor } from './processor';
import type { RowSource } from './rows';
import { StageMeter } from './stageMeter';
import type { Strategy } from './strategy';
import { StrategyRunner } from './strategyRunner';
import { Windows } from './windows';

/** How a pipeline ended; `error` where it failed. */
export interface Outcome {
  readonly outcome: 'done' | 'stopped' | 'failed';
  readonly error?: unknown;
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
  /** Milliseconds of the run. */
  now(): number;
  start(): void;
  setMode(mode: Mode): void;
  /** Throws an `OptionError` unless the speed is positive and finite. */
  setSpeed(speed: number): void;
  pause(): void;
  resume(): void;
  /** Interrupts every wait; what gates, inboxes and stages hold is discarded and counted. */
  stop(): void;
  /** Settles when all has ended and the sources are closed; never rejects. */
  readonly ended: Promise<Outcome>;
}

/**
 * The whole is a function of its sources, options, scheduler and stopwatch.
 *
 * Throws an `OptionError` where the options make no sense.
 */
export function pipeline(sources: readonly RowSource[], options: PipelineOptions = {}): Pipeline {
  const intervals = checkOptions(options);
  const { mode = 'clock', speed = 1, timings = true, strict = false, from, to } = options;
  const { stopwatch = () => performance.now() } = options;
  const history = new History(intervals, options.history);
  const strategies = made(options.strategies ?? []);
  const runner = new StrategyRunner(history, strategies, {
    stopwatch: timings ? stopwatch : undefined,
    strict,
  });
  const feed = new Feed(sources, history, { from, to });
  const controls = new Controls(mode, speed);

  const events = new Subject<PipelineEvent>();
  const bars = new Subject<Bar>();
  const signals = new Subject<Signal>();
  let scheduler: SchedulerLike | undefined;
  let windows: Windows | undefined;
  let running: Subscription | undefined;
  let end: (outcome: Outcome) => void = () => undefined;
  const ended = new Promise<Outcome>((resolve) => {
    end = resolve;
  });
  let over = false;

  const now = (): number => scheduler?.now() ?? 0;
  const emit = (event: PipelineEvent): void => {
    events.next(event);
  };

  const finish = (outcome: Outcome): void => {
    if (over) return;
    over = true;
    running?.unsubscribe();
    windows?.close(now());
    if (options.scheduler === undefined && scheduler instanceof Clock) scheduler.clear();
    controls.close();
    void feed.freed.then(() => {
      end(outcome);
      bars.complete();
      signals.complete();
      events.complete();
    });
  };

  const start = (): void => {
    if (scheduler !== undefined || over) return;
    const clock = (scheduler = options.scheduler ?? clockFor(options));
    const dueAt = (item: Item): number => Math.max(item.due, controls.dueFloor);
    const coordinatorMeter = new CoordinatorMeter(feed);
    const passed = (at: number): void => {
      windows?.passed(at);
    };
    const stage = (name: 'processor' | 'analysis', incoming: EdgeName) => ({
      readiness: new Readiness(),
      holding: new BehaviorSubject(false),
      meter: new StageMeter({ stage: name, edge: incoming, dueAt, passed }),
      incoming,
    });
    const processing = stage('processor', 'coordinator-processor');
    const analysing = stage('analysis', 'processor-analysis');
    const open = (windows = new Windows({
      meters: {
        coordinator: coordinatorMeter,
        processor: processing.meter,
        analysis: analysing.meter,
      },
      strategies: runner,
      emit,
      symbols: () => feed.counts().symbols.length,
    }));
    const batch = { when: open.flushed$ };
    const edgeInto = ({ readiness, holding, incoming }: ReturnType<typeof stage>) =>
      edge({
        edge: incoming,
        readiness,
        holding,
        dueAt,
        batch,
        active: controls.gated$,
        events,
        scheduler: clock,
        ...(incoming === 'coordinator-processor'
          ? { paused: controls.paused$, released: (item, at) => (item.due = at) }
          : {}),
      });
    const service = (
      { readiness, incoming, meter }: ReturnType<typeof stage>,
      declared: ServeOptions<Item, never>['serviceTime'],
    ) => ({
      readiness,
      meter,
      edge: incoming,
      scheduler: clock,
      stopwatch,
      events,
      batch,
      keyOf: symbolOf,
      counts: isBar,
      offeredAt: (item: Item) => item.offered,
      ...(options.inbox === undefined ? {} : { capacity: options.inbox }),
      ...(options.overflow === undefined ? {} : { overflow: options.overflow }),
      ...(timings ? (declared === undefined ? {} : { serviceTime: declared }) : { serviceTime: 0 }),
    });

    open.open(clock.now());
    const holding = processing.holding.subscribe((holds) => {
      coordinatorMeter.held(holds, clock.now());
    });
    const flow$ = coordinator(feed, {
      speed: controls.speed$,
      clockDriven: controls.clockDriven$,
      paused: controls.paused$,
      downstream: processing.holding,
      scheduler: clock,
      released: (item, due, at) => {
        coordinatorMeter.released(item, due, at);
        passed(due);
      },
      pulled: (took, items) => {
        coordinatorMeter.pulled(took, items);
      },
    }).pipe(
      edgeInto(processing),
      processor(history, {
        ...service(processing, options.serviceTimes?.processor),
        downstream: analysing.holding,
        stamp: (item, at) => {
          item.offered = at;
        },
      }),
      tap(({ bar, interval }) => {
        if (interval > 0) coordinatorMeter.derived();
        if (bar !== undefined) bars.next(bar);
      }),
      filter(({ bar }) => bar?.complete === true),
      edgeInto(analysing),
      analysis(history, runner, service(analysing, options.serviceTimes?.analysis)),
    );
    running = flow$.subscribe({
      next: (signal) => {
        signals.next(signal);
      },
      error: (error: unknown) => {
        finish({ outcome: 'failed', error });
      },
      complete: () => {
        finish({ outcome: 'done' });
      },
    });
    running.add(holding);
    if (over) running.unsubscribe();
  };

  return {
    events$: events.asObservable(),
    bars$: bars.asObservable(),
    signals$: signals.asObservable(),
    mode$: controls.mode$,
    strategies: strategies.map(({ name }) => name),
    now,
    start,
    setMode(next) {
      const at = now();
      if (controls.setMode(next, at)) emit({ type: 'mode', at, mode: next });
    },
    setSpeed(next) {
      if (controls.setSpeed(next)) emit({ type: 'speed', at: now(), speed: next });
    },
    pause() {
      if (controls.setPaused(true)) emit({ type: 'paused', at: now() });
    },
    resume() {
      if (controls.setPaused(false)) emit({ type: 'resumed', at: now() });
    },
    stop() {
      finish({ outcome: 'stopped' });
    },
    ended,
  };
}

const clockFor = ({ time = 'simulated' }: PipelineOptions): Clock =>
  time === 'wall' ? new WallClock() : new VirtualClock();

function made(strategies: NonNullable<PipelineOptions['strategies']>): readonly Strategy[] {
  const all = strategies.map((strategy) =>
    typeof strategy === 'function' ? strategy() : strategy,
  );
  const names = new Set<string>();
  for (const { name } of all) {
    if (names.has(name)) {
      throw new OptionError('strategies', name, 'a name that only one strategy has');
    }
    names.add(name);
  }
  return all;
}
