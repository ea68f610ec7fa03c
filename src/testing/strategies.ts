import { OptionError } from '../../operators';
import type { DeclaredServiceTime, Item, Strategy, StrategyFactory } from '../../streams';
import { hears } from '../../streams/strategies/wakeLists';
import { wrapStrategy } from '../../streams/strategies/wrapStrategy';
import { MarbleError } from './marbleError';

/** The strategy, for a world in which no promise ever arrives. */
export function atOnce(given: Strategy | StrategyFactory): Strategy {
  const strategy = typeof given === 'function' ? given() : given;
  return wrapStrategy(strategy, {
    around: (call) => {
      const answer = call();
      if (!(answer instanceof Promise)) return answer;
      answer.catch(() => undefined);
      throw new MarbleError(
        'MARBLE_PROMISE',
        'answered with a promise, and none arrives in a marble test. ' +
          'Answer at once there, and say with serviceTimes how long it takes.',
      );
    },
  });
}

/** What analysis takes: as declared, or the sum of what the strategies that a bar wakes take. */
export function analysisTime(
  declared: DeclaredServiceTime | Readonly<Record<string, number>> | undefined,
  strategies: readonly Strategy[],
): DeclaredServiceTime | undefined {
  if (typeof declared !== 'object') return declared;
  for (const name of Object.keys(declared)) {
    if (strategies.some((strategy) => strategy.name === name)) continue;
    const names = strategies.map((strategy) => strategy.name).join(', ');
    throw new OptionError('serviceTimes.analysis', name, `the name of a strategy: ${names}`);
  }
  return ({ bar }: Item) => {
    let sum = 0;
    for (const strategy of strategies) {
      if (bar === undefined || strategy.symbols?.includes(bar.symbol) === false) continue;
      if (hears(strategy, bar)) sum += declared[strategy.name] ?? 0;
    }
    return sum;
  };
}
