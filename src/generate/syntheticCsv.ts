import { csvLine, fieldFor } from '../output/csv';
import type { CsvOptions } from '../output/csv';
import { syntheticTicks } from './syntheticTicks';
import type { SyntheticOptions } from './syntheticTicks';

const PIECE = 65_536;

/** The text of a synthetic tick file, in pieces: a header, then a line a tick. */
export function* syntheticCsv(ticks: SyntheticOptions, csv: CsvOptions = {}): Generator<string> {
  const field = fieldFor(csv);
  let text = csvLine(['time', 'symbol', 'price', 'size']);
  for (const { time, symbol, price, size } of syntheticTicks(ticks)) {
    text += csvLine([time, symbol, price.toFixed(2), size], field);
    if (text.length < PIECE) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
