import type { Report } from './reportSchema';

/** A strategy that has failed at every bar has found nothing: a script must not take it for a result. */
export const brokenStrategies = ({ stages }: Report): string[] =>
  Object.entries(stages.analysis.strategies)
    .filter(([, { items, errors }]) => items !== '0' && items === errors)
    .map(
      ([name, { items, firstError }]) =>
        `strategy ${name}: all of its ${items} calls failed` +
        (firstError === undefined ? '' : `, the first: ${firstError}`),
    );
