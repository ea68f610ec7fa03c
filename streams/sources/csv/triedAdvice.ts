import { adviseColumns } from '../formats/adviseColumns';
import type { Probe } from '../formats';
import { SourceError } from '../sourceError';

const NEEDED =
  'Needed are a time, and a price, or bid and ask, or open, high, low and close. ' +
  'Say which is which with --columns, by names or by positions counted from 1.';

/**
 * The error that says that columns are unknown, its suggestion having been tried: one that cannot be read is
 * not made, and one that leaves a question open comes with the answer to it.
 *
 * @param attempt reads the first rows with these columns; throws a `SourceError` where that fails
 */
export function triedAdvice(
  error: SourceError,
  probe: Probe,
  attempt: (columns: Readonly<Record<string, string>>) => void,
): SourceError {
  const advised = adviseColumns(probe);
  if (advised === undefined) return error;
  const pairs = advised.split(',').map((pair) => pair.split('=') as [string, string]);
  const { code, place, found, advice } = error;
  try {
    attempt(Object.fromEntries(pairs));
    return error;
  } catch (next) {
    if (!(next instanceof SourceError)) throw next;
    // With one more option the columns would be read.
    const isQuestion = /^Say (which )?it|--unit s|--recorded/.test(next.advice);
    if (!isQuestion) return new SourceError(code, place, found, NEEDED);
    const also = next.advice.replaceAll(/barometer inspect \S+ (?=--)/g, '');
    return new SourceError(code, place, found, `${advice} Besides: ${next.found}. ${also}`);
  }
}
