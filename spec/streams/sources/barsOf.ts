import { Feed, History, intervalName } from '../../../streams';
import type { RowSource } from '../../../streams';
import type { BarRow } from '../../acceptance/duckdbBars';

/** The base bars that a run would build of these sources. */
export async function barsOf(sources: readonly RowSource[], length: number): Promise<BarRow[]> {
  const history = new History([{ name: intervalName(length), length }]);
  const bars: BarRow[] = [];
  for await (const items of new Feed(sources, history).chunks()) {
    for (const { bar } of items) {
      if (bar === undefined) continue;
      const { symbol, start, open, high, low, close, volume, count } = bar;
      bars.push([symbol, start, open, high, low, close, volume, count]);
    }
  }
  return bars;
}
