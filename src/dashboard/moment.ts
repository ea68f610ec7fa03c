import { forEveryEdge, forEveryStage, named } from '../../streams/topology';
import type { JournalHeader, Liveness } from '../journal';
import { entriesOf } from '../metrics';
import type { MetricsState } from '../metrics';
import { buildReport } from '../report';
import type { Report } from '../report';
import { runTimeMs } from '../report/runTime';
import { statusOf } from '../views/status';
import type { FollowedJournal } from './followJournal';
import { MOST_SYMBOLS, topSymbols } from './heat';
import type { FeedView, MomentView, WorkTable } from './protocol';

/** A state of a run. */
export interface Moment {
  /** Of a window: the market time of its end, epoch microseconds. */
  readonly to?: number;
  readonly seq: number;
  /** Epoch milliseconds. */
  readonly wall: number;
  readonly state: MetricsState;
}

interface MomentOptions {
  readonly header: JournalHeader;
  readonly liveness: Liveness;
  /** Lines of the journal that were left out, say. */
  readonly remarks?: readonly string[];
}

/** What the page shows of a moment. */
export function momentView(
  { to, seq, wall, state }: Moment,
  { header, liveness, remarks = [] }: MomentOptions,
): MomentView {
  const report = buildReport(state);
  const status = statusOf({ header, state, seq, wall, liveness, remarks }, report);
  const spanMs = runTimeMs(state);
  const isInterrupted = liveness === 'interrupted' && state.run.outcome === undefined;
  return {
    ...(to === undefined ? {} : { at: to / 1000 }),
    seq,
    wallTime: new Date(wall).toISOString(),
    ...(status.marketTime === undefined ? {} : { marketTime: status.marketTime }),
    state: status.state,
    ...(status.error === undefined ? {} : { error: status.error }),
    progress: status.progress,
    warnings: status.warnings,
    report: withTopSymbols(
      isInterrupted ? { ...report, run: { ...report.run, outcome: 'interrupted' } } : report,
      state,
    ),
    time: forEveryStage(state.topology, (stage) => {
      const { busyMs, blockedMs } = named(state.stages, stage).spent;
      return { spanMs, busyMs, blockedMs };
    }),
    work: workOf(state),
    feeds: feedsOf(state),
  };
}

/** The latest state of what is followed. */
export function headOf(journal: FollowedJournal): MomentView {
  const { header, liveness, timeline, damaged, members } = journal;
  const remarks = damaged.map(({ message }) => message);
  const view = momentView(timeline, { header, liveness, remarks });
  return members === undefined ? view : { ...view, members: members() };
}

/** A run may have thousands of symbols, and a page shows some. */
function withTopSymbols(report: Report, state: MetricsState): Report {
  const edges = forEveryEdge(state.topology, (name) => {
    const edge = named(report.edges, name);
    const shown = topSymbols(state, name).flatMap((symbol) => {
      const counts = edge.bySymbol[symbol];
      return counts === undefined ? [] : [[symbol, counts] as const];
    });
    return { ...edge, bySymbol: Object.fromEntries(shown) };
  });
  const { feed } = report;
  return { ...report, edges, ...(feed === undefined ? {} : { feed: { ...feed, bySymbol: {} } }) };
}

/** The symbols with most work have a column each. */
function workOf({ strategies }: MetricsState): WorkTable {
  const rows = Object.entries(strategies).map(([strategy, { markets }]) => {
    const ofSymbols = new Map<string, number>();
    for (const [, { symbol, totalMs }] of entriesOf(markets)) {
      ofSymbols.set(symbol, (ofSymbols.get(symbol) ?? 0) + totalMs);
    }
    return { strategy, ofSymbols };
  });
  const totals = new Map<string, number>();
  for (const { ofSymbols } of rows) {
    for (const [symbol, ms] of ofSymbols) totals.set(symbol, (totals.get(symbol) ?? 0) + ms);
  }
  const symbols = [...totals]
    .sort(([nameOfA, a], [nameOfB, b]) => b - a || (nameOfA < nameOfB ? -1 : 1))
    .slice(0, MOST_SYMBOLS)
    .map(([symbol]) => symbol);
  const shown = new Set(symbols);
  return {
    strategies: rows.map(({ strategy }) => strategy),
    symbols,
    ms: rows.map(({ ofSymbols }) => [
      ...symbols.map((symbol) => ofSymbols.get(symbol) ?? 0),
      [...ofSymbols].reduce((rest, [symbol, ms]) => rest + (shown.has(symbol) ? 0 : ms), 0),
    ]),
  };
}

const feedsOf = ({ feed }: MetricsState): FeedView[] =>
  (feed?.sources ?? []).map(({ name, isConnected }) => ({ name, isConnected }));
