import type { ColumnFormat, Probe } from './format';
import { hasShape } from './shape';

/** Ticks: YYYYMMDD HHMMSSmmm, bid, ask, volume. Minutes: YYYYMMDD HHMMSS; open; high; low; close; volume. */
export const histdata: ColumnFormat = {
  name: 'histdata',
  title: 'HistData ASCII, ticks and minutes',
  clock: 'New York without daylight saving, all year: UTC-5, unless --zone says another',
  traps: [
    'No header; minutes are cut by semicolons.',
    'The volume is always 0; files with volumes and without HistData’s name are taken for NinjaTrader’s.',
    'The symbol is in the file’s name only: DAT_ASCII_EURUSD_T_202001.',
  ],
  recognise: (probe) => {
    if (isTicks(probe)) return 'no header; YYYYMMDD HHMMSSmmm, bid, ask, volume';
    return isMinutes(probe)
      ? 'no header; YYYYMMDD HHMMSS, open, high, low, close, volume'
      : undefined;
  },
  layout: (probe) => ({
    columns: isTicks(probe)
      ? { time: 0, bid: 1, ask: 2 }
      : { time: 0, open: 1, high: 2, low: 3, close: 4, size: 5 },
    stamp: 'compact',
    zone: 'Etc/GMT+5',
    ...(!isTicks(probe) && { interval: 60e6 }),
    ...symbolOf(probe),
  }),
};

/** Others write the same columns in other zones: HistData's have its name, or volumes of 0. */
const isOurs = ({ names, rows }: Probe): boolean =>
  names.some((name) => /(?:^|_)ASCII_/i.test(name)) ||
  rows.filter((row) => Number(row.at(-1)) === 0).length > rows.length * 0.6;

const isTicks = (probe: Probe): boolean =>
  hasShape(probe, ['compactTime', 'number', 'number', 'number']) && isOurs(probe);

const isMinutes = (probe: Probe): boolean =>
  hasShape(probe, ['compactSeconds', 'number', 'number', 'number', 'number', 'number']) &&
  isOurs(probe);

function symbolOf({ names }: Probe): { symbol?: string } {
  for (const name of names) {
    const symbol = /(?:^|_)ASCII_([A-Z]{6})_/i.exec(name)?.[1];
    if (symbol !== undefined) return { symbol: symbol.toUpperCase() };
  }
  return {};
}
