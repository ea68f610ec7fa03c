import type { Observable } from 'rxjs';
import { Holding, Readiness, VirtualClock } from '../../operators';
import type { ServeOptions } from '../../operators';
import { analyses } from './analysis';
import type { Signal } from '../bars/bar';
import { edge, tracker } from './edge';
import { gatedCoordinator } from './gatedCoordinator';
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
  const { feed, controls, scheduler, coordinator, processor, analysis } = stages;
  const dueFloor = (): number => controls.dueFloor;
  const processorReadiness = new Readiness();
  const analysisReadiness = new Readiness();
  const secondGate = new Holding();
  const serving = <R>(
    { edge: name, counted, meter, stopwatch, serviceTime, deadLetters }: Stage<R>,
    readiness: Readiness,
  ): Omit<ServeOptions<Item, never>, 'onOutput' | 'filter'> => ({
    ...counted,
    edge: name,
    readiness,
    meter,
    stopwatch,
    ...(serviceTime === undefined ? {} : { serviceTime }),
    ...(deadLetters === undefined ? {} : { deadLetters }),
    ...(inbox === undefined ? {} : { capacity: inbox }),
    ...(overflow === undefined ? {} : { overflow }),
  });

  return gatedCoordinator({
    ...coordinator,
    onRelease: (item, due, at) => {
      if (coordinator.endsWindow(item)) {
        // What ends at this instant belongs to the window that ends with it.
        for (const readiness of [analysisReadiness, processorReadiness, analysisReadiness]) {
          readiness.isReadyAt(at);
        }
      }
      coordinator.onRelease(item, due, at);
    },
    feed,
    controls,
    counted: processor.counted,
    edge: processor.edge,
    readiness: processorReadiness,
    // In simulated time what was read before an error flows first, regardless of the mode.
    delayError: scheduler instanceof VirtualClock,
  }).pipe(
    tracker({
      ...processor.counted,
      dueFloor,
      edge: processor.edge,
      readiness: processorReadiness,
    }),
    processes(processor.process, {
      ...serving(processor, processorReadiness),
      rank: 1,
      downstream: secondGate,
      filter: processor.filter,
    }),
    edge({
      ...analysis.counted,
      dueFloor,
      active: controls.gated$,
      edge: analysis.edge,
      readiness: analysisReadiness,
      holding: secondGate,
    }),
    analyses(analysis, { ...serving(analysis, analysisReadiness), rank: 0 }),
  );
}
