import { defer, finalize } from 'rxjs';
import type { Observable } from 'rxjs';
import { Clock, VirtualClock } from '../../operators';
import type { Signal } from '../bars/bar';
import { operatorGraph } from './operatorGraph';
import { simulate } from './simulation';
import { stagesOf } from './stages';
import type { StagesParts } from './stages';
import type { Windows } from './windows';

/**
 * The three stages of a run, and the windows in which counts and measures leave them. Nothing flows
 * before the signals are subscribed to, once.
 *
 * Operators join the stages. In simulated time one loop does the same, faster, unless the options say
 * `engine: 'operators'`.
 */
export function chooseEngine(parts: StagesParts): {
  signals$: Observable<Signal>;
  windows: Windows;
} {
  const { scheduler, options, mailbox } = parts;
  const stages = stagesOf(parts);
  const signals$ = defer(() => {
    if (scheduler instanceof VirtualClock && options.engine !== 'operators') {
      return simulate(stages, scheduler, mailbox, options);
    }
    const signals = operatorGraph(stages, options);
    if (!(scheduler instanceof Clock)) return signals;
    scheduler.mailbox = mailbox;
    return signals.pipe(
      finalize(() => {
        scheduler.mailbox = undefined;
      }),
    );
  });
  return { signals$, windows: stages.windows };
}
