import type { Strategy } from '../../streams';
import { loadStrategies } from './loadStrategies';

/** What a thread makes a strategy with. */
export interface StrategyText {
  readonly text: string;
  /** Of the run, base first. */
  readonly intervals: readonly string[];
}

/** Called by the thread in which the strategy is to run. */
export function strategyOfText({ text, intervals }: StrategyText): Strategy {
  const [create] = loadStrategies([text], intervals);
  if (create === undefined) throw new RangeError(`no strategy came of ${text}`);
  return create();
}
