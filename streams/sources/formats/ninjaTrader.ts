import type { ColumnFormat } from './format';
import { hasShape } from './shape';

/** yyyyMMdd HHmmss;open;high;low;close;volume */
export const ninjaTrader: ColumnFormat = {
  name: 'ninjatrader',
  title: 'NinjaTrader exports, minutes',
  clock: 'UTC, unless --zone says another; of the end of the bar: say --bar-time end',
  traps: [
    'No header, cut by semicolons, as HistData’s minutes are: these have no volume, or HistData’s name.',
    'The stamps are the ends of the minutes; without --bar-time end each bar is heard a minute late.',
  ],
  recognise: (probe) =>
    hasShape(probe, ['compactSeconds', 'number', 'number', 'number', 'number', 'number'])
      ? 'no header; YYYYMMDD HHMMSS, open, high, low, close and a volume that is not always 0'
      : undefined,
  layout: ({ names }) => {
    const symbol = names.map((name) => /^([A-Z0-9]{1,8}(?: \d\d-\d\d)?)\./.exec(name)?.[1]);
    const [found] = symbol.filter((each) => each !== undefined);
    return {
      columns: { time: 0, open: 1, high: 2, low: 3, close: 4, size: 5 },
      stamp: 'compact',
      ...(found !== undefined && { symbol: found }),
    };
  },
};
