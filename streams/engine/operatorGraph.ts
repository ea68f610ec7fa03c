import type { Observable } from 'rxjs';
import { Holding, Readiness, VirtualClock } from '../../operators';
import type { ServeOptions } from '../../operators';
import { analyses } from './analysis';
import type { Signal } from '../bars/bar';
import { coordinator } from './coordinator';
import { edge } from './edge';
import type { Item } from '../bars/item';
import type { PipelineOptions } from '../pipelineOptions';
import { processes } from './processor';
import type { Stage, Stages } from './stages';

/**
 * The stages joined by operators: source → coordinator → edge → processor → edge → analysis. This is
 * what a pipeline is, on any scheduler.
 */
export function operatorGraph(
  stages: Stages,
  { inbox, overflow }: Pick<PipelineOptions, 'inbox' | 'overflow'>,
): Observable<Signal> {
  const { feed, controls, counted, processor, analysis } = stages;
  const { meter, onRelease, onPull } = stages.coordinator;
  const { scheduler } = counted;
  const gated = { ...counted, dueFloor: () => controls.dueFloor, active: controls.gated$ };
  // In simulated time what was read before an error flows first, whatever the mode.
  const delayError = scheduler instanceof VirtualClock;
  const processorReadiness = new Readiness();
  const analysisReadiness = new Readiness();
  const firstGate = new Holding();
  const secondGate = new Holding();
  const serving = <R>(
    { edge: name, meter: ofStage, stopwatch, serviceTime }: Stage<R>,
    readiness: Readiness,
  ): Omit<ServeOptions<Item, never>, 'onOutput' | 'filter'> => ({
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
    clockDriven: controls.clockDriven$,
    paused: controls.paused$,
    downstream: firstGate,
    delayError,
    scheduler,
    onRelease,
    onPull,
  }).pipe(
    edge({
      ...gated,
      edge: processor.edge,
      readiness: processorReadiness,
      paused: controls.paused$,
      delayError,
      holding: {
        next: (holds) => {
          meter.setHolding(holds, scheduler.now());
          firstGate.next(holds);
        },
      },
      // It was for the gate to let it go, and it is due only now.
      onRelease: (item, at) => {
        item.due = at;
      },
    }),
    processes(processor.process, {
      ...serving(processor, processorReadiness),
      rank: 1,
      downstream: secondGate,
      filter: processor.filter,
    }),
    edge({ ...gated, edge: analysis.edge, readiness: analysisReadiness, holding: secondGate }),
    analyses(analysis, { ...serving(analysis, analysisReadiness), rank: 0 }),
  );
}
