import type { RunInfo } from '../protocol';
import { Figure } from './figures';
import { difference } from './flow';
import type { Span } from './flow';
import { Table } from './table';
import type { Column } from './table';

interface Props {
  readonly info: RunInfo;
  readonly span: Span;
}

/** The strategies, and the symbols with most events, over the run so far or a span of it. */
export function TablesPanel({ info, span }: Props) {
  const { from, to } = span;
  const before = from?.report.stages.analysis.strategies ?? {};
  const strategies = Object.entries(to.report.stages.analysis.strategies)
    .map(([name, strategy]) => ({
      name,
      items: difference(strategy.items, before[name]?.items),
      signals: difference(strategy.signals, before[name]?.signals),
      errors: difference(strategy.errors, before[name]?.errors),
      totalMs: strategy.totalMs - (before[name]?.totalMs ?? 0),
      firstError: strategy.firstError,
    }))
    .sort((a, b) => b.totalMs - a.totalMs);
  const path = (...parts: string[]) => (from === undefined ? { path: parts } : {});
  type Row = (typeof strategies)[number];
  const figure = (
    title: string,
    as: 'ms' | 'count',
    what: 'totalMs' | 'items' | 'signals' | 'errors',
  ): Column<Row> => ({
    title,
    cell: (row) => (
      <Figure
        as={as}
        {...path('stages', 'analysis', 'strategies', row.name, what)}
        value={row[what]}
      />
    ),
  });
  return (
    <>
      <section aria-labelledby="strategies-title">
        <h2 id="strategies-title">Strategies</h2>
        <Table
          label="Strategies"
          rows={strategies}
          empty="No strategy has worked yet."
          columns={[
            {
              title: 'strategy',
              cell: ({ name, firstError }) => <span title={firstError ?? ''}>{name}</span>,
            },
            figure('time', 'ms', 'totalMs'),
            figure('bars', 'count', 'items'),
            figure('signals', 'count', 'signals'),
            figure('errors', 'count', 'errors'),
          ]}
        />
      </section>
      {info.edges.map(({ name: edge, label }) => (
        <SymbolTable key={edge} edge={edge} label={label} span={span} />
      ))}
    </>
  );
}

interface SymbolsProps {
  readonly edge: string;
  readonly label: string;
  readonly span: Span;
}

const SHOWN = 10;

function SymbolTable({ edge, label, span: { from, to } }: SymbolsProps) {
  const before = from?.report.edges[edge]?.bySymbol ?? {};
  const rows = Object.entries(to.report.edges[edge]?.bySymbol ?? {})
    .map(([symbol, counts]) => ({
      symbol,
      delivered: difference(counts.delivered, before[symbol]?.delivered),
      backpressure: difference(counts.backpressure, before[symbol]?.backpressure),
      behind: difference(counts.behind, before[symbol]?.behind),
    }))
    .sort((a, b) => Number(BigInt(b.behind) - BigInt(a.behind)))
    .slice(0, SHOWN);
  const id = `symbols-${edge}`;
  const figure = (
    title: string,
    what: 'delivered' | 'backpressure' | 'behind',
  ): Column<(typeof rows)[number]> => ({
    title,
    cell: (row) => (
      <Figure
        as="count"
        {...(from === undefined ? { path: ['edges', edge, 'bySymbol', row.symbol, what] } : {})}
        value={row[what]}
      />
    ),
  });
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>Symbols, {label}</h2>
      <Table
        label={`Symbols, ${label}`}
        rows={rows}
        empty="Nothing was delivered yet."
        columns={[
          { title: 'symbol', cell: ({ symbol }) => symbol },
          figure('delivered', 'delivered'),
          figure('events', 'backpressure'),
          figure('behind', 'behind'),
        ]}
      />
    </section>
  );
}
