import { startWith } from 'rxjs';
import type { Observable } from 'rxjs';
import { BooleanSubject, Readiness } from '../../operators';
import type { ServeOptions } from '../../operators';
import type { ChunkReader } from '../../operators/kernel/chunkReader';
import type { ServiceUnderWay } from '../../operators/serveOptions';
import { analyses } from './analysis';
import type { Micros, Signal } from '../bars/bar';
import type { Controls } from './controls';
import { coordinator } from './coordinator';
import { edge } from './edge';
import type { Item } from '../bars/item';
import type { PipelineOptions } from '../pipelineOptions';
import { processes } from './processor';
import type { Stage, Stages } from './stages';

/** What a consumer and the gate before it are at. */
export interface ConsumerUnderWay<R> {
  /** What the gate holds, in order. */
  readonly held: readonly Item[];
  readonly service: ServiceUnderWay<Item, R> | undefined;
  /** When the item was due that it was handed last; undefined before the first. */
  readonly due: number | undefined;
}

/** What is under way between the stages; nothing, where a run begins. */
export interface UnderWay {
  /** What is being read, and the market time of what was released last. */
  readonly leftOff: { readonly chunks: ChunkReader<Item>; readonly time: Micros } | undefined;
  readonly processor: ConsumerUnderWay<Item>;
  readonly analysis: ConsumerUnderWay<Signal>;
}

const IDLE: ConsumerUnderWay<never> = { held: [], service: undefined, due: undefined };
export const NOTHING_UNDER_WAY: UnderWay = {
  leftOff: undefined,
  processor: IDLE,
  analysis: IDLE,
};

/** What says how items flow; a mode is two switches, which are not thrown at the same time. */
export type Switches = Pick<Controls, 'clockDriven$' | 'gated$'>;

/** The stages joined by operators: source → coordinator → edge → processor → edge → analysis. */
export function operatorGraph(
  stages: Stages,
  { inbox, overflow }: Pick<PipelineOptions, 'inbox' | 'overflow'>,
  { clockDriven$, gated$ }: Switches = stages.controls,
  underWay = NOTHING_UNDER_WAY,
): Observable<Signal> {
  const { feed, controls, counted, processor, analysis } = stages;
  const { meter, onRelease: released, onPull: pulled } = stages.coordinator;
  const { scheduler } = counted;
  const dueFloor = (): number => controls.dueFloor;
  const gated = { ...counted, dueFloor, active: gated$ };
  const toProcessor = new Readiness();
  const toAnalysis = new Readiness();
  /** Whether the gate before it holds anything. */
  const processorHeld = new BooleanSubject(false);
  const analysisHeld = new BooleanSubject(false);
  const serving = <R>(
    { edge: name, meter: ofStage, stopwatch, serviceTime }: Stage<R>,
    readiness: Readiness,
  ): Omit<ServeOptions<Item, never>, 'onOutput' | 'filter' | 'underWay'> => ({
    ...counted,
    edge: name,
    readiness,
    meter: ofStage,
    stopwatch,
    ...(serviceTime === undefined ? {} : { serviceTime }),
    ...(inbox === undefined ? {} : { capacity: inbox }),
    ...(overflow === undefined ? {} : { overflow }),
  });

  return coordinator(feed, {
    speed: controls.speed$,
    clockDriven: clockDriven$,
    paused: controls.paused$,
    downstream: processorHeld,
    scheduler,
    onRelease: released,
    onPull: pulled,
    leftOff: underWay.leftOff,
  }).pipe(
    startWith(...underWay.processor.held),
    edge({
      ...gated,
      edge: processor.edge,
      readiness: toProcessor,
      paused: controls.paused$,
      holding: {
        next: (holds) => {
          meter.setHolding(holds, scheduler.now());
          processorHeld.next(holds);
        },
      },
      // Held here, it is handed over only now.
      onRelease: (item, at) => {
        item.due = at;
      },
      earliest: underWay.processor.due,
    }),
    processes(processor.process, {
      ...serving(processor, toProcessor),
      downstream: analysisHeld,
      filter: processor.passes,
      underWay: underWay.processor.service,
    }),
    startWith(...underWay.analysis.held),
    edge({
      ...gated,
      edge: analysis.edge,
      readiness: toAnalysis,
      holding: analysisHeld,
      earliest: underWay.analysis.due,
    }),
    analyses(analysis, {
      ...serving(analysis, toAnalysis),
      underWay: underWay.analysis.service,
    }),
  );
}
