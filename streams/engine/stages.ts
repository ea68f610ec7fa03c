import { EDGE_BEFORE, SERVED_STAGES } from '../topology';
import type { ServedStage } from '../topology';
import { VirtualTimeScheduler } from 'rxjs';
import type { ObservableInput, Observer, SchedulerLike, Subject } from 'rxjs';
import { VirtualClock, WallClock } from '../../operators';
import type { DeadLetter, EventBatch } from '../../operators';
import type { KeyCounts } from '../../operators/kernel/edgeEventBatcher';
import type { PullStopwatches } from '../../operators/kernel/chunkReader';
import type { ServiceTimerOptions } from '../../operators/kernel/serviceTime';
import { analysing } from './analysis';
import type { Bar, Signal } from '../bars/bar';
import type { Controls } from './controls';
import type { CoordinatorOptions } from './coordinator';
import { CoordinatorMeter } from './coordinatorMeter';
import { skipGapsOf } from './skipGaps';
import type { EdgeName, PipelineEvent, StageName, ThreadPart } from '../events';
import type { Feed } from '../bars/feed';
import type { History } from '../bars/history';
import type { Item } from '../bars/item';
import { isTickRow } from '../bars/tickSeries';
import type { PipelineOptions } from '../pipelineOptions';
import { StageEvidence } from './evidence';
import { StageMeter } from './stageMeter';
import { countingOn, ThreadTime, workStopwatch } from './threadTime';
import type { StrategyRunner } from '../strategies/strategyRunner';
import type { WorkMailbox } from '../../operators/kernel/mailbox';
import { marketWindowsOf } from './marketWindows';
import { Windows } from './windows';

/** What the stages of one run share. */
export interface StagesParts {
  readonly feed: Feed;
  readonly history: History;
  /** What the processor does. */
  readonly process: (item: Item) => readonly Item[];
  /** The analysis gets watermarks too. */
  readonly passesOn: boolean;
  readonly runner: StrategyRunner;
  readonly controls: Controls;
  readonly mailbox: WorkMailbox;
  readonly scheduler: SchedulerLike;
  readonly stopwatch: () => number;
  readonly events: Observer<PipelineEvent>;
  readonly bars: Subject<Bar>;
  readonly options: PipelineOptions;
}

export interface Counted {
  readonly events: Pick<Observer<PipelineEvent>, 'next'>;
  readonly batch: EventBatch;
  readonly scheduler: SchedulerLike;
}

/** A stage that has an edge before it. */
export interface Stage<R> extends ServiceTimerOptions<Item> {
  readonly edge: EdgeName;
  /** Called with what its inbox lost. */
  readonly deadLetters?: (letter: DeadLetter<Item>) => void;
  readonly meter: StageMeter;
  /** Where the counts of the edge before it go, and when. */
  readonly counted: Counted;
  /** Takes the counts of many symbols at once, where they may wait for the end of a window. */
  readonly onManyCounts?: (counts: readonly KeyCounts[]) => void;
  /** What it does with an item. */
  readonly process: (item: Item) => ObservableInput<R> | undefined;
  /** To be read twice an item: before `process`, and when what it returned is there. */
  readonly stopwatch: () => number;
}

/** The stages of one run, for either engine, and the windows in which counts and measures leave them. */
export interface Stages {
  readonly feed: Feed;
  readonly controls: Controls;
  readonly coordinator: {
    readonly meter: CoordinatorMeter;
    /** Whether an item ends the coordinator's window: then what is over by then has its consequences first. */
    readonly endsWindow: (item: Item) => boolean;
    /** Called with each item before it is released. */
    readonly onRelease: (item: Item, due: number, at: number) => void;
    /** Called when a chunk was read and built: milliseconds of work. */
    readonly onPull: (took: number) => void;
    /** What measures them. */
    readonly stopwatches: PullStopwatches;
    readonly skipGaps: CoordinatorOptions['skipGaps'];
  };
  readonly processor: Stage<Item> & {
    readonly process: (item: Item) => readonly Item[];
    /** Called with each output: whether it goes on to the next edge. */
    readonly filter: (output: Item) => boolean;
  };
  readonly analysis: Stage<Signal> & {
    /** From now on, nobody wants its signals. */
    readonly close: () => void;
  };
  readonly scheduler: SchedulerLike;
  readonly windows: Windows;
}

export function stagesOf(parts: StagesParts): Stages {
  const { feed, history, runner, controls, scheduler, stopwatch, events, bars, options } = parts;
  const { timings = true, serviceTimes = {}, itemMeter } = options;
  const isVirtual = scheduler instanceof VirtualTimeScheduler;
  const dueFloor = (): number => controls.dueFloor;
  const time = scheduler instanceof WallClock ? new ThreadTime(scheduler) : undefined;
  const meter = new CoordinatorMeter(feed, time);
  const isLive = !isVirtual && !(scheduler instanceof VirtualClock);
  /** On a real clock the coordinator's thread does the work of all stages. */
  const onThread =
    (part: ThreadPart, served: ((item: Item, took: number) => void) | undefined) =>
    (item: Item, took: number): void => {
      meter.onService(scheduler.now(), took);
      time?.add(part, Math.max(0, took - awaited.ms));
      awaited.ms = 0;
      served?.(item, took);
    };
  /** Of the service under way, the time in which nothing was done: an object keeps it an unboxed double. */
  const awaited = { ms: 0 };
  const meterOf = (
    stage: ServedStage,
    edge: EdgeName,
    served: ((item: Item, took: number) => void) | undefined,
  ): StageMeter =>
    new StageMeter({
      stage,
      edge,
      dueFloor,
      onServed: isLive
        ? onThread(stage === 'processor' ? 'processor' : 'strategies', served)
        : served,
      evidence: evidence[stage],
      isClockDriven: () => controls.mode === 'clock',
    });
  const { intervals } = history;
  const evidenceOf = (stage: ServedStage, strategies: readonly string[]): StageEvidence =>
    new StageEvidence({
      stage,
      baseInterval: intervals[0]?.length ?? 0,
      intervals: intervals.length,
      strategies,
    });
  const evidence = {
    processor: evidenceOf('processor', []),
    analysis: evidenceOf('analysis', runner.names),
  };
  runner.observe({
    onCharge: (strategy, took) => {
      meters.analysis.onCharge(strategy, took);
    },
    onAwaited: (ms) => {
      awaited.ms += ms;
      meters.analysis.onAwaited(ms);
      itemMeter?.onAwaited?.(ms);
    },
  });
  const dropping = (stage: ServedStage): Pick<Stage<never>, 'deadLetters'> =>
    itemMeter?.onDropped === undefined
      ? {}
      : {
          deadLetters: ({ item, reason }) => {
            if (reason === 'dropped') itemMeter.onDropped?.(item, stage);
          },
        };
  const stated = (stage: ServedStage): Pick<Stage<never>, 'serviceTime'> => {
    const serviceTime = timings ? serviceTimes[stage] : 0;
    return serviceTime === undefined ? {} : { serviceTime };
  };
  const meters = {
    processor: meterOf('processor', EDGE_BEFORE.processor, itemMeter?.onProcessed.bind(itemMeter)),
    analysis: meterOf('analysis', EDGE_BEFORE.analysis, itemMeter?.onAnalyzed.bind(itemMeter)),
  };
  const windows = new Windows({
    ...marketWindowsOf(options, intervals[0]?.length ?? 0, feed),
    stages: [
      { stage: 'coordinator', meter },
      { stage: 'processor', meter: meters.processor },
      { stage: 'analysis', meter: meters.analysis, eventsAt: (at, kind) => runner.flush(at, kind) },
    ],
    emit: countingOn(time, events),
    isLive,
    newsAt: () => (feed.live?.hasEvents() === true ? scheduler.now() : undefined),
    mailbox: parts.mailbox,
    paused: () => controls.paused,
    isBatched: options.batch !== undefined,
  });
  for (const stage of SERVED_STAGES) {
    meters[stage].onReach = (market, at) => windows.reach(stage, market, at);
  }
  const countedBehind = (stage: StageName): Counted => ({
    events: {
      next: (event) => {
        windows.count(event);
      },
    },
    batch: { ...options.batch, when: windows.flushedBehind(stage) },
    scheduler,
  });
  const manyOn = (edge: EdgeName): Pick<Stage<never>, 'onManyCounts'> =>
    options.batch === undefined
      ? {
          onManyCounts: (counts) => {
            windows.countMany(edge, counts);
          },
        }
      : {};
  /** Until then the coordinator's window is not over: an object keeps it an unboxed double. */
  const released = { until: NaN };
  const processor: Stages['processor'] = {
    edge: EDGE_BEFORE.processor,
    meter: meters.processor,
    counted: countedBehind('coordinator'),
    ...manyOn(EDGE_BEFORE.processor),
    process: parts.process,
    stopwatch,
    ...stated('processor'),
    ...dropping('processor'),
    filter: (item) => {
      const { bar, interval } = item;
      const isTick = interval > 0 && bar !== undefined && isTickRow(bar);
      if (interval > 0 && !isTick) meter.derived();
      if (bar === undefined) {
        if (parts.passesOn) itemMeter?.onHandOver(item);
        return parts.passesOn;
      }
      if (bars.observed && !isTick) bars.next(bar);
      if (bar.complete) itemMeter?.onHandOver(item);
      return bar.complete;
    },
  };
  const analysis: Stages['analysis'] = {
    edge: EDGE_BEFORE.analysis,
    meter: meters.analysis,
    counted: countedBehind('processor'),
    ...manyOn(EDGE_BEFORE.analysis),
    ...analysing(history, runner, stopwatch),
    ...stated('analysis'),
    ...dropping('analysis'),
  };
  return {
    feed,
    controls,
    coordinator: {
      meter,
      endsWindow: (item) => !(item.market <= released.until),
      onRelease: (item, due, at) => {
        if (!(item.market <= released.until)) {
          released.until = windows.reach('coordinator', item.market, at);
        }
        meter.onRelease(item, due, at);
      },
      onPull: (took) => {
        meter.onPull(isVirtual ? 0 : took, scheduler.now());
        windows.begin(scheduler.now());
      },
      stopwatches: {
        called: stopwatch,
        awaited: time?.awaited ?? (options.stopwatch === undefined ? workStopwatch : stopwatch),
      },
      skipGaps: skipGapsOf({
        options,
        mailbox: parts.mailbox,
        now: () => scheduler.now(),
        emit: (event) => {
          events.next(event);
        },
      }),
    },
    processor,
    analysis,
    scheduler,
    windows,
  };
}
