import { Feed, History, intervalName } from '../../../streams';
import type { RowSource } from '../../../streams';
import { barRow } from '../../acceptance/duckdbBars';
import type { BarRow } from '../../acceptance/duckdbBars';

/** The base bars that a run would build of these sources. */
export async function barsOf(sources: readonly RowSource[], length: number): Promise<BarRow[]> {
  const history = new History([{ name: intervalName(length), length }]);
  const bars: BarRow[] = [];
  for await (const items of new Feed(sources, history).chunks()) {
    for (const { bar } of items) {
      if (bar !== undefined) bars.push(barRow(bar));
    }
  }
  return bars;
}
