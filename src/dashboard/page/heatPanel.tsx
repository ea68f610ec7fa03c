import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Heat, RunInfo } from '../protocol';
import { duration, grouped, percent, timeText } from './format';
import type { Span } from './flow';
import type { Source } from './source';
import { Cells } from './cells';
import { TableBehind } from './tableBehind';

interface HeatProps {
  readonly source: Source;
  readonly info: RunInfo;
  /** What the picture is of: it is requested anew when this changes. */
  readonly windows: number;
}

const OTHER = '(other)';

/** *Behind* share of an edge by symbol and time. */
export function HeatPanel({ source, info, windows }: HeatProps) {
  const [edge, setEdge] = useState(info.edges.at(-1)?.name ?? '');
  const [heat, setHeat] = useState<Heat>();
  // A run in progress gets a new picture now and then, not at every window.
  const age = Math.floor(Math.sqrt(windows) * 4);
  useEffect(() => {
    let isLatest = true;
    source.heat(edge).then(
      (found) => {
        if (isLatest) setHeat(found);
      },
      () => undefined,
    );
    return () => {
      isLatest = false;
    };
  }, [edge, age, source]);
  const { rows, shares } = useMemo(() => sharesOf(heat), [heat]);
  return (
    <section aria-labelledby="heat-title">
      <h2 id="heat-title">Behind share by symbol and time</h2>
      <label>
        Edge{' '}
        <select
          value={edge}
          onChange={({ currentTarget }) => {
            setEdge(currentTarget.value);
          }}
        >
          {info.edges.map(({ name, label }) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {heat !== undefined && heat.to.length === 0 && <p class="empty">No window has ended yet.</p>}
      {heat !== undefined && heat.to.length > 0 && (
        <Cells
          label={`Behind share by symbol and time, ${edge}`}
          rows={rows}
          columns={heat.to.map(timeText)}
          shares={shares}
          most="100% behind"
          text={(row, column) =>
            `${rows[row] ?? ''}, until ${timeText(heat.to[column] ?? 0)}: ` +
            `${grouped(heat.behind[row]?.[column] ?? 0)} of ${grouped(heat.delivered[row]?.[column] ?? 0)} behind ` +
            `(${percent(shares[row]?.[column] ?? 0)})`
          }
        />
      )}
      <TableBehind
        title="behind by symbol"
        rows={() => rows}
        columns={[
          { title: 'symbol', cell: (symbol: string) => symbol },
          { title: 'delivered', cell: (_, row) => grouped(sum(heat?.delivered[row])) },
          { title: 'behind', cell: (_, row) => grouped(sum(heat?.behind[row])) },
          {
            title: 'most in',
            cell: (_, row) => {
              const behind = heat?.behind[row] ?? [];
              const most = Math.max(0, ...behind);
              return most > 0 ? timeText(heat?.to[behind.indexOf(most)] ?? 0) : '-';
            },
          },
        ]}
      />
    </section>
  );
}

const sum = (values: readonly number[] | undefined): number =>
  (values ?? []).reduce((total, value) => total + value, 0);

/** The symbols and the others, where there are some, and of each the *behind* share of every column. */
function sharesOf(heat: Heat | undefined): {
  rows: readonly string[];
  shares: readonly number[][];
} {
  if (heat === undefined) return { rows: [], shares: [] };
  const { symbols, delivered, behind } = heat;
  const hasOthers = sum(delivered[symbols.length]) > 0;
  const rows = hasOthers ? [...symbols, OTHER] : symbols;
  const shares = rows.map((_, row) =>
    (delivered[row] ?? []).map((count, column) =>
      count > 0 ? (behind[row]?.[column] ?? 0) / count : 0,
    ),
  );
  return { rows, shares };
}

/** Columns whose names fit under them. */
const MOST_NAMED = 12;

/** Work by strategy and symbol, up to the moment or in a span. */
export function WorkPanel({ span }: { readonly span: Span }) {
  const { strategies, columns, ms } = useMemo(() => workIn(span), [span]);
  const most = Math.max(0, ...ms.flat());
  const value = (row: number, column: number): number => ms[row]?.[column] ?? 0;
  const shares = useMemo(
    () => ms.map((row) => row.map((each) => each / Math.max(1e-9, most))),
    [ms, most],
  );
  if (strategies.length === 0) return null;
  return (
    <section aria-labelledby="work-title">
      <h2 id="work-title">Work by strategy and symbol</h2>
      <Cells
        label="Work by strategy and symbol"
        rows={strategies}
        columns={columns}
        shares={shares}
        most={duration(most)}
        isNamed={columns.length <= MOST_NAMED}
        text={(row, column) =>
          `${strategies[row] ?? ''}, ${columns[column] ?? ''}: ${duration(value(row, column))}`
        }
      />
      <TableBehind
        title="work"
        rows={() => columns}
        columns={[
          { title: 'symbol', cell: (symbol: string) => symbol },
          ...strategies.map((name, row) => ({
            title: name,
            cell: (_symbol: string, column: number) => duration(value(row, column)),
          })),
        ]}
      />
    </section>
  );
}

/** What each strategy spent on each symbol in a span, in milliseconds. */
function workIn({ from, to }: Span) {
  const { strategies, symbols, ms } = to.work;
  const before = from?.work;
  const spent = strategies.map((strategy, row) => {
    const was = before?.ms[before.strategies.indexOf(strategy)];
    const named = symbols.map((symbol, column) => {
      const at = before?.symbols.indexOf(symbol) ?? -1;
      return Math.max(0, (ms[row]?.[column] ?? 0) - (at < 0 ? 0 : (was?.[at] ?? 0)));
    });
    return [...named, Math.max(0, sum(ms[row]) - sum(was) - sum(named))];
  });
  const hasOthers = spent.some((row) => (row.at(-1) ?? 0) > 1e-6);
  return hasOthers
    ? { strategies, columns: [...symbols, OTHER], ms: spent }
    : { strategies, columns: symbols, ms: spent.map((row) => row.slice(0, -1)) };
}
