import type { OperatorFunction } from 'rxjs';
import { from, mergeAll } from 'rxjs';
import { serve } from '../operators';
import type { ServeOptions } from '../operators';
import type { Signal } from './bar';
import type { History } from './history';
import type { Item } from './item';
import type { StrategyRunner } from './strategyRunner';

/**
 * The analysis stage: strategies hear of complete bars, what they say are signals.
 *
 * ```
 * bars     -a--b-c---|
 *          analysis(history, runner)
 * signals  ----B---C-|
 * ```
 *
 * The strategies that a bar wakes work one after another, in the order given; the stage's service
 * time is theirs together.
 */
export function analysis(
  history: History,
  runner: StrategyRunner,
  options: ServeOptions<Item, Signal> = {},
): OperatorFunction<Item, Signal> {
  return serve<Item, Signal>((item) => {
    history.reached(item);
    const signals = runner.run(item);
    return signals instanceof Promise ? from(signals).pipe(mergeAll()) : signals;
  }, options);
}
