import type { ColumnFormat } from './format';
import { hasShape } from './shape';

/** EUR/USD,20090501 00:00:00.342,1.32337,1.32340 */
export const trueFx: ColumnFormat = {
  name: 'truefx',
  title: 'TrueFX ticks',
  clock: 'UTC, to the millisecond',
  traps: ['No header.', 'Pairs are written with a stroke: EUR/USD.'],
  recognise: (probe) =>
    hasShape(probe, ['pair', 'compactDate', 'number', 'number'])
      ? 'no header; a pair such as EUR/USD, YYYYMMDD HH:MM:SS.mmm, bid, ask'
      : undefined,
  layout: () => ({ columns: { symbol: 0, time: 1, bid: 2, ask: 3 }, stamp: 'compact' }),
};
