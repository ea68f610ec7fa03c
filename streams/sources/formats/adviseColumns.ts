import { datesAlike } from '../time/datesAlike';
import { splitStamp } from '../time/layoutTime';
import { isEpochColumn, microsOf, timeColumnOf } from '../time/timeColumn';
import { timesOfDay } from '../time/timeOfDay';
import { whatIsImplausible } from '../time/plausibleYears';
import type { Probe } from './format';

const BARS = ['open', 'high', 'low', 'close'] as const;

/**
 * Pairs for `--columns` that would do for a table whose columns are unknown; nothing where none would.
 * A close is never advised as a price: it is known only when its bar is over.
 */
export function adviseColumns(probe: Probe): string | undefined {
  const { header, width } = probe;
  const names = Array.from({ length: width }, (_, at) => header?.[at] ?? '');
  const time = names.findIndex((name, at) => isTimeName(name) && isTime(probe, at));
  const found = time >= 0 ? time : names.findIndex((_, at) => isTime(probe, at));
  // What cannot be read may still be meant, if it is called a time.
  const called = names.findIndex(isTimeName);
  const stamp = Math.max(0, found >= 0 ? found : called);
  // A date may have its time of day in another column.
  const clock = names.findIndex(
    (name, at) =>
      at !== stamp && /time|clock/i.test(name) && timesOfDay(filled(probe, at)).length > 0,
  );
  const isSplit = clock >= 0 && isDateOnly(probe, stamp);
  const isFree = (at: number): boolean =>
    at !== stamp && !(isSplit && at === clock) && isNumeric(probe, at);
  const like = (pattern: RegExp): number =>
    names.findIndex((name, at) => isFree(at) && pattern.test(name));
  const times: readonly (readonly [string, number])[] = isSplit
    ? [
        ['date', stamp],
        ['time', clock],
      ]
    : [['time', stamp]];
  const said = (pairs: readonly (readonly [string, number])[]): string =>
    [...times, ...pairs, ...volumeOf(like)]
      .map(([role, at]) => `${role}=${nameOf(names, at)}`)
      .join(',');
  if (header === undefined) return said(byPosition(probe, stamp));
  const bars = BARS.map(
    (role) => [role, like(new RegExp(`${role}|^${role[0] ?? ''}$`, 'i'))] as const,
  );
  if (bars.every(([, at]) => at >= 0)) return said(bars);
  const [bid, ask] = [like(/bid|^b$/i), like(/ask|offer|^a$/i)];
  if (bid >= 0 && ask >= 0) {
    return said([
      ['bid', like(/bid.*pr/i) >= 0 ? like(/bid.*pr/i) : bid],
      ['ask', like(/ask.*pr/i) >= 0 ? like(/ask.*pr/i) : ask],
    ]);
  }
  const price = like(/price|px|last|rate/i);
  if (price >= 0) return said([['price', price]]);
  const close = like(/close/i);
  if (close >= 0) return said(BARS.map((role) => [role, close] as const));
  const first = names.findIndex((_, at) => isFree(at));
  return first < 0 ? undefined : said([['price', first]]);
}

const isTimeName = (name: string): boolean => /time|date|^ts|_ts$|^t$|stamp/i.test(name);

const volumeOf = (like: (pattern: RegExp) => number): readonly (readonly [string, number])[] => {
  const at = like(/^(vol|qty|quantity|size|amount)/i);
  return at < 0 ? [] : [['volume', at]];
};

/** A name that can stand in `--columns`, else a position. */
const nameOf = (names: readonly string[], at: number): string => {
  const name = names[at] ?? '';
  const isUsable = /^[\w<>.-]+$/.test(name) && names.indexOf(name) === names.lastIndexOf(name);
  return isUsable && !/^\d+$/.test(name) ? name : String(at + 1);
};

/** Without names: four numbers behind the time are a bar, fewer a price and a size. */
function byPosition(probe: Probe, time: number): readonly (readonly [string, number])[] {
  const numeric = Array.from({ length: probe.width }, (_, at) => at).filter(
    (at) => at !== time && isNumeric(probe, at),
  );
  const [open = 0, high = 0, low = 0, close = 0, volume] = numeric;
  const isBar =
    numeric.length >= 4 &&
    probe.rows.every((row) => {
      const value = (at: number): number => Number(row[at]);
      const [o, h, l, c] = [value(open), value(high), value(low), value(close)];
      return !(h < l) && !(h < o) && !(h < c) && !(l > o) && !(l > c);
    });
  if (isBar) {
    const bar = [
      ['open', open],
      ['high', high],
      ['low', low],
      ['close', close],
    ] as const;
    return volume === undefined ? bar : [...bar, ['volume', volume]];
  }
  const [price = 1, size] = numeric;
  return size === undefined
    ? [['price', price]]
    : [
        ['price', price],
        ['size', size],
      ];
}

const filled = ({ rows }: Probe, at: number): readonly string[] =>
  rows.map((row) => row[at]?.trim() ?? '').filter((value) => value !== '');

const isNumeric = (probe: Probe, at: number): boolean => {
  const values = filled(probe, at);
  return values.length > 0 && values.every((value) => /^[-+]?[\d.,_]+([eE][-+]?\d+)?$/.test(value));
};

/** Whether a column's values say a day and no time of it. */
const isDateOnly = (probe: Probe, at: number): boolean =>
  filled(probe, at).every((value) => !value.includes(':') && value.length <= 11);

/** Whether a column's values are times of the years in which there are ticks. */
function isTime(probe: Probe, at: number): boolean {
  const values = filled(probe, at);
  if (values.length === 0) return false;
  const column = timeColumnOf(values);
  if (column === undefined) {
    return datesAlike(values.map((value) => splitStamp(value).date)).candidates.length > 0;
  }
  if (!isEpochColumn(column)) return true;
  return whatIsImplausible(microsOf(values[0] ?? '', column)) === undefined;
}
