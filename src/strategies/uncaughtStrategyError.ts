import { BarometerError } from '../../operators/errors';
import { faultOf } from './moduleFault';
import { parseStrategySpec } from './strategySpec';

/** An error that nothing caught: thrown in a timer, or of a promise that nobody handled. */
export class UncaughtStrategyError extends BarometerError {
  override readonly name = 'UncaughtStrategyError';
  override readonly code = 'STRATEGY_UNCAUGHT';
}

const NO_ERROR = /^This error originated either by throwing.*with the reason "(.*)"\.$/s;

/**
 * Names the strategy that an uncaught error comes from: the one whose file its stack names, else the
 * only module there is, else all of them.
 *
 * @param texts the strategies as they were written, and `names` their names in the same order
 */
export function uncaughtStrategyError(
  error: unknown,
  texts: readonly string[],
  names: readonly string[],
): UncaughtStrategyError {
  const modules = texts.flatMap((text, i) => {
    const { isPath, source } = parseStrategySpec(text);
    return isPath ? [{ source, name: names[i] ?? source }] : [];
  });
  const faults = modules.map(({ source, name }) => ({ source, name, ...faultOf(source, error) }));
  const found = faults.filter(({ source, place }) => place !== source);
  const blamed = found.length > 0 ? found.slice(0, 1) : faults;
  const message = reasonOf(faults[0]?.message ?? faultOf('', error).message);
  const who = blamed.map(({ name, place }) => `${name} (${place})`).join(' or ');
  const where = who === '' ? '' : `strategy ${who}: `;
  return new UncaughtStrategyError(`${where}an error that nothing caught: ${message}`, {
    cause: error,
  });
}

/** Node wraps what is no `Error`. */
const reasonOf = (message: string): string => {
  const text = message.replace(/^UnhandledPromiseRejection: /, '');
  return NO_ERROR.exec(text)?.[1] ?? text;
};
