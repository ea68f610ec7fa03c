import type { Role } from '../fileOptions';
import type { ColumnFormat, FormatLayout, Probe } from './format';
import type { Sides, TickLayout } from '../tickLayout';
import { hasNames, hasShape, positions } from './shape';

const clock = 'the broker’s server, which says no zone: UTC, unless --zone says another';

const isTicks = (probe: Probe): boolean =>
  hasNames(probe, ['<DATE>', '<TIME>', '<BID>', '<ASK>', '<LAST>']);

const isBars = (probe: Probe): boolean =>
  hasNames(probe, ['<DATE>', '<OPEN>', '<HIGH>', '<LOW>', '<CLOSE>', '<TICKVOL>']);

/** MetaTrader 5: columns in angle brackets, cut by tabs. */
export const metaTrader5: ColumnFormat = {
  name: 'metatrader5',
  title: 'MetaTrader 5 exports, ticks and bars',
  clock,
  traps: [
    'A tick says only what has changed: an empty bid or ask is the one before.',
    'Currencies have no trades and no real volume: quotes are read, and the volume is that of ticks.',
    'The symbol is in the name of the file only: EURUSD_M1_202401.csv.',
  ],
  recognise: (probe) => {
    if (isTicks(probe)) return 'a header with <DATE>, <TIME>, <BID>, <ASK>, <LAST>';
    return isBars(probe)
      ? 'a header with <DATE>, <OPEN>, <HIGH>, <LOW>, <CLOSE>, <TICKVOL>'
      : undefined;
  },
  layout: (probe) => {
    const { date, time, ...columns } = positions<Role>(probe, {
      date: '<DATE>',
      time: '<TIME>',
      ...(isTicks(probe) ? tickColumns(probe) : barColumns(probe)),
    });
    const stamp: FormatLayout['columns'] =
      time === undefined
        ? { ...(date !== undefined && { time: date }) }
        : { ...(date !== undefined && { date }), time };
    return {
      columns: { ...columns, ...stamp },
      ...(isTicks(probe) && { carriesSides: true, ticks: flagged(probe) }),
      ...symbolOf(probe),
    };
  },
};

const hasValues = ({ header = [], rows }: Probe, name: string): boolean => {
  const at = header.indexOf(name);
  return at >= 0 && rows.some((row) => Number(row[at]) !== 0);
};

const hasTrades = (probe: Probe): boolean => hasValues(probe, '<LAST>');

const tickColumns = (probe: Probe): Partial<Record<Role, string>> =>
  hasTrades(probe)
    ? { price: '<LAST>', size: '<VOLUME>', bid: '<BID>', ask: '<ASK>' }
    : { bid: '<BID>', ask: '<ASK>' };

/** Flags of a tick: 32 a buy, 64 a sell. */
const FLAGS = Array.from({ length: 128 }, (_, flags) => flags);
const SIDES: Sides = {
  buy: FLAGS.filter((flags) => (flags & 96) === 32).map(String),
  sell: FLAGS.filter((flags) => (flags & 96) === 64).map(String),
};

const flagged = (probe: Probe): Partial<TickLayout> => ({
  columns: positions(probe, { side: '<FLAGS>' }),
  sides: SIDES,
});

const barColumns = (probe: Probe): Partial<Record<Role, string>> => ({
  open: '<OPEN>',
  high: '<HIGH>',
  low: '<LOW>',
  close: '<CLOSE>',
  size: hasValues(probe, '<VOL>') ? '<VOL>' : '<TICKVOL>',
});

/** YYYY.MM.DD, HH:MM, open, high, low, close, volume */
export const metaTrader4: ColumnFormat = {
  name: 'metatrader4',
  title: 'MetaTrader 4 exports, bars',
  clock,
  traps: [
    'No header; dates are written with dots, the year first.',
    'The volume is the number of ticks.',
    'The symbol is in the name of the file only: EURUSD60.csv, whose number is the minutes of a bar.',
  ],
  recognise: (probe) =>
    hasShape(probe, ['dottedDate', 'clock', 'number', 'number', 'number', 'number', 'number'])
      ? 'no header; YYYY.MM.DD, HH:MM, open, high, low, close, volume'
      : undefined,
  layout: (probe) => ({
    columns: { date: 0, time: 1, open: 2, high: 3, low: 4, close: 5, size: 6 },
    ...symbolOf(probe),
  }),
};

/** The letters that a file's name begins with. */
function symbolOf({ names }: Probe): { symbol?: string } {
  for (const name of names) {
    const symbol = /^([A-Z]{3,}[A-Z.#]*)(?:_|\d|$)/.exec(name)?.[1];
    if (symbol !== undefined) return { symbol };
  }
  return {};
}
