import type { FileSource } from '../../streams';
import type { TickWishes } from '../../streams/bars/tickSeries';
import { terminalText } from '../report/terminalText';
import type { Out } from './io';

/**
 * Says, once the files were read, what was done with their rows that people may not expect.
 *
 * @param isReported bad and unordered rows are in a report already
 */
export function noteSources(
  sources: readonly FileSource[],
  stderr: Out,
  { isReported = false }: { readonly isReported?: boolean } = {},
): void {
  for (const source of sources) {
    const { badRows, outOfOrder, duplicates = 0, overlaps = 0, zeroPrices = 0 } = source.counts();
    const say = (text: string): void => {
      stderr.write(`${terminalText(source.name)}: ${terminalText(text)}\n`);
    };
    if (badRows > 0 && !isReported) say(`${badRows} bad rows were skipped`);
    if (outOfOrder > 0 && !isReported) say(`${outOfOrder} rows were put in order`);
    if (duplicates > 0) say(`${duplicates} duplicate rows were left out`);
    if (overlaps > 0) say(`${overlaps} bars begin before the one before them has ended`);
    if (zeroPrices > 0) say(`${zeroPrices} trades have a price of 0`);
    for (const note of source.notes) say(note);
  }
}

/** What strategies want of files that do not have it: their callbacks are never called. */
export function missingTicks(
  { trades, quotes }: TickWishes,
  sources: readonly FileSource[],
): string[] {
  const ticks = sources.filter(({ interval }) => interval === 0);
  const hasTrades = ticks.some(({ kind }) => kind === 'trades');
  const hasQuotes = ticks.some(
    ({ kind, fields }) => kind === 'quotes' || fields.includes('bid') || fields.includes('ask'),
  );
  if (sources.length === 0) return [];
  return [
    ...(trades && !hasTrades ? ['the files have no trades: onTrade is never called'] : []),
    ...(quotes !== undefined && !hasQuotes
      ? [
          quotes === 'kept'
            ? 'the files have no quotes: context.quote finds none'
            : 'the files have no quotes: onQuote is never called, and context.quote finds none',
        ]
      : []),
  ];
}
