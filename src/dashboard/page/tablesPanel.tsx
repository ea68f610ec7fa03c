import type { RunInfo } from '../protocol';
import { Figure } from './figures';
import { difference } from './flow';
import type { Span } from './flow';

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
  const of = (name: string, what: string) => path('stages', 'analysis', 'strategies', name, what);
  return (
    <>
      <section aria-labelledby="strategies-title">
        <h2 id="strategies-title">Strategies</h2>
        <div class="wide" tabIndex={0} role="group" aria-label="Strategies, table">
          <table>
            <thead>
              <tr>
                <th scope="col">strategy</th>
                <th scope="col">time</th>
                <th scope="col">bars</th>
                <th scope="col">signals</th>
                <th scope="col">errors</th>
              </tr>
            </thead>
            <tbody>
              {strategies.map(({ name, items, signals, errors, totalMs, firstError }) => (
                <tr key={name}>
                  <th scope="row" title={firstError ?? ''}>
                    {name}
                  </th>
                  <td>
                    <Figure as="ms" {...of(name, 'totalMs')} value={totalMs} />
                  </td>
                  <td>
                    <Figure as="count" {...of(name, 'items')} value={items} />
                  </td>
                  <td>
                    <Figure as="count" {...of(name, 'signals')} value={signals} />
                  </td>
                  <td>
                    <Figure as="count" {...of(name, 'errors')} value={errors} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
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
  const path = (symbol: string, what: string) =>
    from === undefined ? { path: ['edges', edge, 'bySymbol', symbol, what] } : {};
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>Symbols, {label}</h2>
      <div class="wide" tabIndex={0} role="group" aria-label={`Symbols, ${label}, table`}>
        <table>
          <thead>
            <tr>
              <th scope="col">symbol</th>
              <th scope="col">delivered</th>
              <th scope="col">events</th>
              <th scope="col">behind</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ symbol, delivered, backpressure, behind }) => (
              <tr key={symbol}>
                <th scope="row">{symbol}</th>
                <td>
                  <Figure as="count" {...path(symbol, 'delivered')} value={delivered} />
                </td>
                <td>
                  <Figure as="count" {...path(symbol, 'backpressure')} value={backpressure} />
                </td>
                <td>
                  <Figure as="count" {...path(symbol, 'behind')} value={behind} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
