import { mergeRows, openFiles } from '../../streams/sources';
import type { FileOptions } from '../../streams/sources';
import { TICK_COLUMNS } from '../../streams/bars/rows';

const shown = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '-' : String(value);

/** Rows as `price x size side bid x bidSize ask x askSize`, with the price that bars are made of before it. */
export async function ticksIn(name: string, options: FileOptions = {}): Promise<readonly string[]> {
  const sources = await openFiles([name], { symbol: 'X', ...options });
  const rows: string[] = [];
  for await (const { length, close, volume, ticks } of mergeRows(sources, { ticks: true })) {
    for (let row = 0; row < length; row += 1) {
      const [price, side, bid, ask, bidSize, askSize] = TICK_COLUMNS.map((column) =>
        shown(ticks?.[column][row]),
      );
      const of = `${price}x${shown(volume[row])} ${side} ${bid}x${bidSize} ${ask}x${askSize}`;
      rows.push(`${shown(close[row])}: ${of}`);
    }
  }
  return rows;
}
