import type { FileSource } from '../../streams';
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
