import { extname, join } from 'node:path';
import type { ThreadStrategy } from '../../streams';
import { wishesOf } from '../../streams/strategies/wrapStrategy';
import { loadStrategies } from './loadStrategies';
import type { StrategyText } from './strategyOfText';

const MODULE = join(__dirname, `strategyOfText${extname(__filename)}`);

/**
 * Strategies for the thread of the analysis. They are loaded here as well, for their names, and so
 * that one that cannot be had is reported before anything runs: throws an `UnusableStrategyError`.
 *
 * @param intervals of the run, base first
 */
export function threadStrategies(
  texts: readonly string[],
  intervals: readonly string[],
): ThreadStrategy[] {
  return loadStrategies(texts, intervals).map((create, index) => {
    const strategy = create();
    return {
      name: strategy.name,
      wishes: wishesOf([strategy]),
      module: MODULE,
      export: 'strategyOfText',
      argument: { text: texts[index] as string, intervals } satisfies StrategyText,
    };
  });
}
