import type { Role } from '../fileOptions';
import type { ColumnFormat, FormatLayout, Probe } from './format';

/** What people call their columns; where a file has several of a role, the first name here goes first. */
const names: Readonly<Partial<Record<Role, readonly string[]>>> = {
  time: ['timestamp', 'ts', 'time', 'datetime', 'date'],
  symbol: ['symbol', 'ticker', 'instrument'],
  price: ['price', 'last'],
  size: ['size', 'qty', 'quantity', 'volume', 'amount'],
  bid: ['bid'],
  ask: ['ask'],
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close'],
};

const timeOfDay = /^\d{1,2}:\d{2}/;

export const plainName = (name: string): string => name.trim().toLowerCase();

export function columnsByName(probe: Probe): FormatLayout['columns'] {
  const header = (probe.header ?? []).map(plainName);
  const columns: Partial<Record<Role, number>> = {};
  for (const [role, aliases] of Object.entries(names) as [Role, readonly string[]][]) {
    const alias = aliases.find((name) => header.includes(name));
    if (alias !== undefined) columns[role] = header.indexOf(alias);
  }
  const date = header.indexOf('date');
  const { time } = columns;
  if (time !== undefined && date >= 0 && date !== time) {
    if (timeOfDay.test(probe.rows[0]?.[time] ?? '')) columns.date = date;
  }
  return columns;
}

export const namedColumns: ColumnFormat = {
  name: 'named',
  title: 'Columns with names',
  clock: 'the column timestamp, ts, time, datetime or date; zoneless times are UTC',
  traps: [
    'Integer times are seconds, milliseconds, microseconds or nanoseconds, told by magnitude.',
    'Nanoseconds are floored to microseconds.',
    'A bid or ask of 0 or nothing is a side that is absent.',
  ],
  recognise: (probe) => {
    const columns = columnsByName(probe);
    const priced =
      columns.price !== undefined ||
      columns.bid !== undefined ||
      columns.ask !== undefined ||
      columns.close !== undefined;
    if (columns.time === undefined || !priced) return undefined;
    const found = Object.values(columns).map((at) => probe.header?.[at] ?? '');
    return `columns named ${found.join(', ')}`;
  },
  layout: (probe) => ({ columns: columnsByName(probe) }),
};
