import { randomUUID } from 'node:crypto';
import { Subject, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { pipeline, StageFailure } from '../streams';
import type { Bar, Mode, Outcome, PipelineEvent, RowSource, Signal } from '../streams';
import type { TickWishes } from '../streams/bars/tickSeries';
import { causeText } from '../streams/causeText';
import type { BriefVerdict } from '../streams/events';
import { STANDARD_TOPOLOGY } from '../streams/topology';
import { knownCapacityOf } from './capacity/knownCapacity';
import { speedsEvent } from './capacity/speedsEvent';
import { originOf } from './capacity/work';
import { TimingRecorder, TimingStore } from './journal';
import type { RunSetup } from './journal';
import { isWhole, metricsStore, reduce } from './metrics';
import type { MetricsState } from './metrics';
import { watchConditions } from './conditions';
import { buildReport } from './report';
import { capacityIn } from './report/knownCapacity';
import { verdictOf } from './report/verdict/verdict';
import type { Report } from './report';
import {
  demandOf,
  isMeasured,
  pipelineOptions,
  REPLAY_OPTIONS,
  setupOf,
  withMeter,
} from './replayOptions';
import type { ReplayOptions } from './replayOptions';
import { isReference, textOf, uncaughtStrategyError } from './strategies';
import { checkOptionNames } from '../operators/kernel/optionNames';

export type { ReplayOptions };

/** One replay: a pipeline with its metrics. Nothing flows before `start`. */
export interface Run {
  readonly id: string;
  /** The state after every event; the present one at once. */
  readonly metrics$: Observable<MetricsState>;
  /** The mode; the present one at once. */
  readonly mode$: Observable<Mode>;
  /** Names of the strategies. */
  readonly strategies: readonly string[];
  /** What it was made of, for its journal. */
  readonly setup: RunSetup;
  /** What they want besides bars: trades, and quotes to be delivered or kept. */
  readonly wishes: TickWishes;
  /** Everything that happens, each event after the state that contains it. */
  readonly events$: Observable<PipelineEvent>;
  readonly signals$: Observable<Signal>;
  /** Base and derived bars, unfinished ones at the end included. */
  readonly bars$: Observable<Bar>;
  start(): this;
  setMode(mode: Mode): void;
  /** Throws an `OptionError` unless the speed is positive and finite. */
  setSpeed(speed: number): void;
  pause(): void;
  resume(): void;
  /**
   * Keeps the run from reading on until the returned function is called; the time is an event, and
   * neither a pause nor its end. To call it again does nothing.
   */
  hold(by: 'journal'): () => void;
  /** Interrupts every wait and frees the files; what is under way is discarded and counted. */
  stop(): void;
  /** Ends the run as failed, for an error that came from outside of its stages: `done` rejects with it. */
  fail(error: unknown): void;
  /** Keeps what each item costs; `record` writes it beside the journal. */
  readonly timings: TimingRecorder | undefined;
  /** The state as it stands now. While nobody subscribes to `metrics$`, events are folded in batches, which costs less. */
  state(): MetricsState;
  /** The report as it stands now. */
  report(): Report;
  /** The report at the end, also after `stop`; rejects only when the run failed. */
  readonly done: Promise<Report>;
}

/**
 * Replays sources through coordinator, processor and analysis, and measures where it does not keep up.
 *
 * Throws an `OptionError` where the options make no sense.
 */
export function replay(
  sources: RowSource | readonly RowSource[],
  options: ReplayOptions = {},
): Run {
  checkOptionNames('replay', options, REPLAY_OPTIONS);
  return runOf(sources, options);
}

/**
 * A run of a pipeline with its metrics, as `replay` and `live` give it.
 *
 * @param outcomeOf what an end is called, where the pipeline does not know it
 */
export function runOf(
  sources: RowSource | readonly RowSource[],
  options: ReplayOptions = {},
  outcomeOf: (outcome: Outcome['outcome']) => Outcome['outcome'] = (outcome) => outcome,
): Run {
  const all: readonly RowSource[] = 'batches' in sources ? [sources] : sources;
  const isThreaded = options.threads !== undefined && options.threads !== false;
  const { id = newRunId(), time = isThreaded ? 'wall' : 'simulated' } = options;
  const { bars = '1m', derive = [], timings = true } = options;
  const { recordTimings = true } = options;
  const recorder = recordTimings && timings ? new TimingRecorder() : undefined;
  const kept = recorder === undefined ? undefined : new TimingStore(recorder);
  const metered = withMeter(pipelineOptions(options), recorder);
  const flow = pipeline(all, metered);
  const events = new Subject<PipelineEvent>();
  const store = metricsStore(events);
  let started = false;
  let conditions: ReturnType<typeof watchConditions> | undefined;

  /** At the run's end: how fast it could go, by what each item cost. */
  const tellSpeeds = (): void => {
    if (kept === undefined || !started) return;
    const state = store.state();
    const recorded = kept.read();
    const { speed = 1 } = state.run.configuration ?? {};
    const origin = options.from ?? originOf(recorded, speed, state.market.start);
    const capacity = knownCapacityOf(recorded, origin, isWhole(state));
    if (capacity !== undefined) events.next(speedsEvent(state, capacity));
  };

  const done = new Promise<Report>((resolve, reject) => {
    store.events$.subscribe({
      error: (error: unknown) => {
        flow.stop();
        reject(error instanceof Error ? error : new Error(causeText(error)));
      },
    });
    const finished = ({ outcome: ended, error: found, startupMs, waits }: Outcome): void => {
      // What is computed of the run now is none of its time.
      const over = { at: flow.now(), wallTime: Date.now() };
      const outcome = outcomeOf(ended);
      const error = named(found, options, flow.strategies);
      const message = causeText(error);
      if (conditions !== undefined) {
        events.next({ type: 'conditions', at: over.at, ...conditions(waits) });
      }
      // What a feed counted while it was being closed.
      for (const event of all[0]?.live?.takeEvents(flow.now(), true) ?? []) events.next(event);
      if (outcome !== 'failed') tellSpeeds();
      kept?.discard();
      const end = {
        type: 'finished',
        ...over,
        outcome,
        ...(outcome === 'failed' ? { error: message } : {}),
        ...(startupMs === undefined ? {} : { startupMs }),
      } as const;
      events.next({ ...end, verdict: verdictInBrief(reduce(store.state(), end)) });
      events.complete();
      if (outcome === 'failed') reject(error instanceof Error ? error : new Error(message));
      else resolve(buildReport(store.state()));
    };
    flow.ended$.pipe(tap(finished)).subscribe({ error: reject });
  });
  flow.events$.subscribe({
    next: (event) => {
      events.next(event);
    },
    error: (error: unknown) => {
      events.error(error);
    },
  });

  return {
    id,
    strategies: flow.strategies,
    get setup() {
      return setupOf(options, flow.strategies);
    },
    wishes: flow.wishes,
    metrics$: store.metrics$,
    mode$: flow.mode$,
    events$: store.events$,
    signals$: flow.signals$,
    bars$: flow.bars$,
    start() {
      if (!started) {
        started = true;
        const files = all.map(({ name }) => name);
        const { strategies, mode, speed, topology } = flow;
        const configuration = {
          ...{ id, mode, speed, time, files, bars, derive, strategies, timings },
          ...(isThreaded ? { threads: 3, demand: demandOf(options.threads) } : {}),
          ...(topology === STANDARD_TOPOLOGY ? {} : { topology }),
        };
        if (isMeasured(options)) conditions = watchConditions(!isThreaded);
        kept?.open({ run: id, strategies, intervals: [bars, ...derive] });
        events.next({ type: 'started', at: flow.now(), wallTime: Date.now(), configuration });
        flow.start();
      }
      return this;
    },
    setMode(mode) {
      flow.setMode(mode);
    },
    setSpeed(speed) {
      flow.setSpeed(speed);
    },
    pause() {
      flow.pause();
    },
    resume() {
      flow.resume();
    },
    hold(by) {
      const since = performance.now();
      const letGo = flow.hold();
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        events.next({ type: 'held', at: flow.now(), by, ms: performance.now() - since });
        letGo();
      };
    },
    stop() {
      flow.stop();
    },
    fail(error) {
      flow.fail(error);
    },
    state: store.state,
    report: () => buildReport(store.state()),
    timings: recorder,
    done,
  };
}

const verdictInBrief = (state: MetricsState): BriefVerdict => {
  const { culprit, pattern, modifiers } = verdictOf(state, capacityIn(state));
  return { culprit, ...(pattern === undefined ? {} : { pattern }), modifiers };
};

/** A thread that broke while it served nothing was broken by a strategy's own timer or promise. */
function named(
  error: unknown,
  { strategies = [] }: ReplayOptions,
  names: readonly string[],
): unknown {
  const isUncaught =
    error instanceof StageFailure &&
    error.place.stage === 'analysis' &&
    error.place.strategy === undefined &&
    error.cause !== undefined;
  if (!isUncaught) return error;
  return uncaughtStrategyError(error.cause, strategies.filter(isReference).map(textOf), names);
}

/** Sorts by time, to the millisecond: 20240808T235415042-1f3a. */
export const newRunId = (): string =>
  `${new Date().toISOString().replace(/[-:.Z]/g, '')}-${randomUUID().slice(0, 4)}`;
