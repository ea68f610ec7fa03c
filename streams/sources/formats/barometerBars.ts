import { parseInterval } from '../../bars/interval';
import type { Role } from '../fileOptions';
import type { ColumnFormat, LayoutOptions, Probe } from './format';
import { hasNames, positions } from './shape';

const NAMES = ['symbol', 'interval', 'start', 'end', 'open', 'high', 'low', 'close', 'volume'];

/** What `--out-bars` and `convert` write. */
export const barometerBars: ColumnFormat = {
  name: 'barometer-bars',
  title: 'Bars that Barometer has written',
  clock: 'start of the bar; microseconds or ISO 8601',
  traps: [
    'Bars that were unfinished when they were written stay so, and complete nothing that is made of them.',
    'Where a file has bars of several lengths, the ones as long as --bars are read, or else the shortest; the others are counted and passed over.',
  ],
  recognise: (probe) =>
    hasNames(probe, NAMES) ? 'a header with symbol, interval, start, end, open' : undefined,
  layout: (probe, options) => {
    const value = intervalOf(probe, options);
    return {
      columns: positions<Role>(probe, {
        symbol: 'symbol',
        time: 'start',
        open: 'open',
        high: 'high',
        low: 'low',
        close: 'close',
        size: 'volume',
        count: 'count',
        complete: 'complete',
      }),
      only: { column: probe.header?.indexOf('interval') ?? 0, value },
      interval: parseInterval(value).length,
      ...(isEpoch(probe) ? { unit: 'us' as const } : {}),
    };
  },
};

/** Times are in ISO 8601 where `--time-format iso` wrote them. */
const isEpoch = ({ header, rows }: Probe): boolean =>
  rows.every((row) => /^-?\d+$/.test(row[header?.indexOf('start') ?? 0] ?? ''));

function intervalOf({ header, rows }: Probe, { bars }: LayoutOptions): string {
  const at = header?.indexOf('interval') ?? 0;
  const names = [...new Set(rows.map((row) => row[at] ?? ''))];
  const known = names.flatMap((name) => {
    try {
      return [parseInterval(name)];
    } catch {
      return [];
    }
  });
  const sorted = known.toSorted((a, b) => a.length - b.length);
  return (sorted.find(({ length }) => length === bars) ?? sorted[0])?.name ?? '1m';
}
