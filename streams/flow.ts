import { defer, VirtualTimeScheduler } from 'rxjs';
import type { Observable, Observer, SchedulerLike, Subject } from 'rxjs';
import { Flag, Readiness } from '../operators';
import type { ServeOptions } from '../operators';
import { analysis } from './analysis';
import type { Bar, Signal } from './bar';
import type { Controls } from './controls';
import { coordinator } from './coordinator';
import { CoordinatorMeter } from './coordinatorMeter';
import { edge } from './edge';
import type { EdgeName, PipelineEvent } from './events';
import type { Feed } from './feed';
import type { History } from './history';
import type { Item } from './item';
import type { DeclaredServiceTime, PipelineOptions } from './pipelineOptions';
import { processor } from './processor';
import { StageMeter } from './stageMeter';
import type { StrategyRunner } from './strategyRunner';
import type { Turns } from './turns';
import { Windows } from './windows';

/** What the stages of one run share. */
export interface FlowParts {
  readonly feed: Feed;
  readonly history: History;
  readonly runner: StrategyRunner;
  readonly controls: Controls;
  readonly turns: Turns;
  readonly scheduler: SchedulerLike;
  readonly stopwatch: () => number;
  readonly events: Observer<PipelineEvent>;
  readonly bars: Subject<Bar>;
  readonly options: PipelineOptions;
}

/** A stage that has an edge before it. */
interface Consumer {
  readonly edge: EdgeName;
  readonly readiness: Readiness;
  /** Whether the gate before it holds anything. */
  readonly holding: Flag;
  readonly meter: StageMeter;
  readonly declared: DeclaredServiceTime | undefined;
}

/** A service as it is without knowing its outputs. */
type Service = Omit<ServeOptions<Item, never>, 'stamp' | 'passes'>;

/**
 * The three stages joined by their edges, and the windows in which counts and measures leave them.
 * Nothing flows before it is subscribed to, once.
 */
export function flow(parts: FlowParts): { signals$: Observable<Signal>; windows: Windows } {
  const { feed, history, runner, controls, scheduler, stopwatch, events, bars, options } = parts;
  const { timings = true, serviceTimes = {}, inbox, overflow, itemMeter } = options;
  const isVirtual = scheduler instanceof VirtualTimeScheduler;
  const dueFloor = (): number => controls.dueFloor;
  const coordinatorMeter = new CoordinatorMeter(feed);
  const passed = (at: number): void => {
    windows.passed(at);
  };
  const served = {
    processor: (item: Item, took: number) => itemMeter?.processed(item, took),
    analysis: (item: Item, took: number) => itemMeter?.analysed(item, took),
  };
  const consumer = (stage: 'processor' | 'analysis', incoming: EdgeName): Consumer => ({
    edge: incoming,
    readiness: new Readiness(),
    holding: new Flag(false),
    meter: new StageMeter({
      stage,
      edge: incoming,
      dueFloor,
      passed,
      served: itemMeter === undefined ? undefined : served[stage],
    }),
    declared: serviceTimes[stage],
  });
  const processing = consumer('processor', 'coordinator-processor');
  const analysing = consumer('analysis', 'processor-analysis');
  const windows = new Windows({
    meters: {
      coordinator: coordinatorMeter,
      processor: processing.meter,
      analysis: analysing.meter,
    },
    strategies: runner,
    emit: (event) => {
      events.next(event);
    },
    symbols: () => feed.breadth,
    rests: !isVirtual,
    turns: parts.turns,
    paused: () => controls.paused,
  });
  const counted = { events, batch: { ...options.batch, when: windows.flushed$ }, scheduler };
  const gated = { ...counted, dueFloor, active: controls.gated$ };
  const serving = ({ readiness, meter, edge, declared }: Consumer): Service => ({
    ...counted,
    edge,
    readiness,
    meter,
    stopwatch,
    ...(inbox === undefined ? {} : { capacity: inbox }),
    ...(overflow === undefined ? {} : { overflow }),
    ...(timings ? (declared === undefined ? {} : { serviceTime: declared }) : { serviceTime: 0 }),
  });

  const signals$ = defer(() =>
    coordinator(feed, {
      speed: controls.speed$,
      clockDriven: controls.clockDriven$,
      paused: controls.paused$,
      downstream: processing.holding,
      scheduler,
      released: (item, due, at) => {
        coordinatorMeter.released(item, due, at);
        passed(due);
      },
      pulled: (took) => {
        coordinatorMeter.pulled(isVirtual ? 0 : took);
        windows.begin(scheduler.now());
      },
    }),
  ).pipe(
    edge({
      ...gated,
      ...processing,
      paused: controls.paused$,
      holding: {
        next: (holds) => {
          coordinatorMeter.held(holds, scheduler.now());
          processing.holding.next(holds);
        },
      },
      // Held here, it is handed over only now.
      released: (item, at) => {
        item.due = at;
      },
    }),
    processor(history, {
      ...serving(processing),
      downstream: analysing.holding,
      passes: (item) => {
        const { bar, interval } = item;
        if (interval > 0) coordinatorMeter.derived();
        if (bar === undefined) return false;
        if (bars.observed) bars.next(bar);
        if (bar.complete) itemMeter?.handedOver(item);
        return bar.complete;
      },
    }),
    edge({ ...gated, ...analysing }),
    analysis(history, runner, serving(analysing)),
  );
  return { signals$, windows };
}
