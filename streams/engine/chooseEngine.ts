import { defer } from 'rxjs';
import type { Observable } from 'rxjs';
import { VirtualClock } from '../../operators';
import type { Signal } from '../bars/bar';
import { simulate } from './simulation';
import { operatorGraph } from './operatorGraph';
import { stagesOf } from './stages';
import type { StagesParts } from './stages';
import type { Windows } from './windows';

/**
 * The three stages, joined, and the windows in which counts and measures leave them. Nothing flows before
 * it is subscribed to, once.
 *
 * Operators join them. Where a run begins data-driven on a `VirtualClock`, one loop does what the operators
 * would do, and hands over to them when anything comes up that it knows nothing of.
 */
export function chooseEngine(parts: StagesParts): {
  signals$: Observable<Signal>;
  windows: Windows;
} {
  const { controls, scheduler, options } = parts;
  const stages = stagesOf(parts);
  const signals$ = defer(() =>
    scheduler instanceof VirtualClock && controls.mode === 'data'
      ? simulate(stages, scheduler, (switches, underWay) =>
          operatorGraph(stages, options, switches, underWay),
        )
      : operatorGraph(stages, options),
  );
  return { signals$, windows: stages.windows };
}
