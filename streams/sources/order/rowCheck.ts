import type { FilePlan } from '../filePlan';
import type { TimeColumn } from '../time/timeColumn';
import { isTimeLike, microsOf } from '../time/timeColumn';
import type { ZoneClock } from '../time/zoneClock';

/** Why a price cannot be used; a trade has no price of zero, other prices and spreads may. */
export function whatIsWrongWithRow(
  fields: readonly string[],
  width: number,
  plan: FilePlan,
  time: TimeColumn,
  zone?: ZoneClock,
): string | undefined {
  const { columns, kind } = plan;
  const trailing = fields.length === width + 1 && fields[width] === '';
  if (fields.length !== width && !trailing) {
    return `has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'} instead of ${width}`;
  }
  const text = (at: number | undefined): string => (at === undefined ? '' : (fields[at] ?? ''));
  const stamp = [columns.date, columns.time].map(text).join(' ').trim();
  if (!isTimeLike(stamp, time)) return `has the time "${stamp}", unlike the times of other rows`;
  if (zone !== undefined && Number.isNaN(zone.toUtc(microsOf(stamp, time)))) {
    return `has the time "${stamp}", which the clocks of its zone jumped over: is it --zone another?`;
  }
  if (columns.symbol !== undefined && text(columns.symbol).trim() === '') return 'has no symbol';
  const value = (at: number | undefined): number => {
    const field = text(at).trim();
    return field === '' || (kind === 'quotes' && field === plan.absent) ? 0 : numberOf(field);
  };
  const needed =
    kind === 'trades'
      ? [columns.price]
      : kind === 'bars'
        ? [columns.open, columns.high, columns.low, columns.close]
        : [];
  for (const at of needed) {
    const field = text(at).trim();
    if (field === plan.absent || !Number.isFinite(field === '' ? NaN : value(at))) {
      return `has the price "${text(at)}", which is no number`;
    }
  }
  for (const at of [columns.bid, columns.ask]) {
    if (kind === 'quotes' && !Number.isFinite(value(at))) {
      return `has the price "${text(at)}", which is no number`;
    }
  }
  if (kind === 'trades' && value(columns.price) === 0) return 'has a trade price of 0';
  if (kind === 'bars' && value(columns.high) < value(columns.low)) {
    return `has a high of ${text(columns.high)} below its low of ${text(columns.low)}`;
  }
  const size = value(columns.size);
  if (!(size >= 0 && size < Infinity)) return `has the size "${text(columns.size)}"`;
  return undefined;
}

/** Numbers as DuckDB reads them; JavaScript's own reading takes 0x10 as well. */
const numberOf = (field: string): number =>
  /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(field) ? Number(field) : NaN;
