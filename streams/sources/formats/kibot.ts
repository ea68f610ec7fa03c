import type { ColumnFormat, FormatLayout, Probe } from './format';
import { hasShape } from './shape';

const zone = 'America/New_York';
const clock = 'New York with daylight saving, unless --zone says another';

/** MM/DD/YYYY, HH:MM:SS, price, bid, ask, size */
export const kibotTicks: ColumnFormat = {
  name: 'kibot-ticks',
  title: 'Kibot ticks, with bid and ask',
  clock,
  traps: [
    'No header, and the month before the day.',
    'The symbol is the file’s name: IVE.txt.',
    'Times are whole seconds: ticks of one second keep the file’s order.',
  ],
  recognise: (probe) =>
    hasShape(probe, ['usDate', 'clockWithSeconds', 'number', 'number', 'number', 'number'])
      ? 'no header; MM/DD/YYYY, HH:MM:SS, price, bid, ask, size'
      : undefined,
  layout: (probe) => ({
    columns: { date: 0, time: 1, price: 2, bid: 3, ask: 4, size: 5 },
    stamp: 'mdy',
    zone,
    ...symbolOf(probe),
  }),
};

/** MM/DD/YYYY, HH:MM, open, high, low, close, volume */
export const kibotBars: ColumnFormat = {
  name: 'kibot-bars',
  title: 'Kibot bars',
  clock: `start of the bar, ${clock}`,
  traps: [
    'No header, and the month before the day.',
    'The symbol is the file’s name: IVE.txt.',
    'The length of the bars is taken from the gaps between them.',
    'Daily files have no time of day; they are taken for Kibot’s only if the file is called after a ticker.',
  ],
  recognise: (probe) => {
    if (hasShape(probe, ['usDate', 'clock', 'number', 'number', 'number', 'number', 'number'])) {
      return 'no header; MM/DD/YYYY, HH:MM, open, high, low, close, volume';
    }
    return isDaily(probe)
      ? 'no header; a ticker for a name; MM/DD/YYYY, open, high, low, close, volume'
      : undefined;
  },
  layout: (probe) => {
    if (!isDaily(probe)) return intraday(probe);
    return {
      columns: { time: 0, open: 1, high: 2, low: 3, close: 4, size: 5 },
      dateFormat: '%m/%d/%Y',
      zone,
      ...symbolOf(probe),
    };
  },
};

const isDaily = (probe: Probe): boolean =>
  hasShape(probe, ['usDate', 'number', 'number', 'number', 'number', 'number']) &&
  probe.names.some((name) => /^[A-Z][A-Z0-9.]{0,5}$/.test(name));

const intraday = (probe: Probe): FormatLayout => ({
  columns: { date: 0, time: 1, open: 2, high: 3, low: 4, close: 5, size: 6 },
  stamp: 'mdy',
  zone,
  ...symbolOf(probe),
});

/** A name that is a ticker and nothing else, or one with what is in the file behind it. */
function symbolOf({ names }: Probe): { symbol?: string } {
  for (const name of names) {
    const symbol = /^([A-Z][A-Z0-9.]{0,9})(?:_.*)?$/.exec(name)?.[1];
    if (symbol !== undefined) return { symbol };
  }
  return {};
}
