import type { OperatorFunction } from 'rxjs';
import { defer, finalize, from, mergeAll } from 'rxjs';
import { serve } from '../operators';
import type { ServeOptions } from '../operators';
import { stopwatch as realTime } from '../operators/stopwatch';
import type { Signal } from './bar';
import type { BarReader } from './history';
import { itemReading } from './item';
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
 * time is theirs together. Once it is unsubscribed from, none is woken any more.
 */
export function analysis(
  history: BarReader,
  runner: StrategyRunner,
  options: ServeOptions<Item, Signal> = {},
): OperatorFunction<Item, Signal> {
  const { stopwatch = realTime } = options;
  return (items) =>
    defer(() => {
      // The strategies are timed one by one, so the stage's own readings can be shared with them: of
      // the two that the server takes of an item, the second is the last strategy's.
      let began: number | undefined;
      const shared = (): number => {
        if (began !== undefined) {
          began = undefined;
          return runner.latest;
        }
        return (began = stopwatch());
      };
      let isClosed = false;
      const closed = (): boolean => isClosed;
      return items.pipe(
        serve<Item, Signal>(
          (item) => {
            history.reached(item);
            const signals = runner.run(item, began, closed);
            return signals instanceof Promise ? from(signals).pipe(mergeAll()) : signals;
          },
          { ...itemReading, ...options, ...(runner.timed ? { stopwatch: shared } : {}) },
        ),
        finalize(() => {
          isClosed = true;
        }),
      );
    });
}
