import type { EdgeName, StageName } from '../../streams/events';
import { forEveryEdge, forEveryStage, named } from '../../streams/topology';
import { initialState } from '../metrics';
import type { MetricsState } from '../metrics';
import { timeShares } from '../report/timeShares';
import type { EdgeSeries, Series } from './protocol';
import type { Mark } from './mark';

type Counter = 'delivered' | 'burst' | 'behind' | 'dropped';

/** What happened in each window, from one of them on, in columns. */
export function seriesOf(marks: readonly Mark[], first = 0): Series {
  const shown = marks.slice(first);
  const topology = (marks.at(-1)?.state ?? initialState).topology;
  /** What a window has, by the states at its ends. */
  const column = (read: (after: MetricsState, before: MetricsState) => number): number[] =>
    shown.map(({ state }, i) => read(state, marks[first + i - 1]?.state ?? initialState));
  const edge = (name: EdgeName): EdgeSeries => {
    const counts = (counter: Counter): number[] =>
      column((after, before) => {
        const was = before.edges[name]?.[counter] ?? 0n;
        return Number(named(after.edges, name)[counter] - was);
      });
    return {
      delivered: counts('delivered'),
      burst: counts('burst'),
      behind: counts('behind'),
      dropped: counts('dropped'),
      latenessP99: shown.map(({ latenessP99 }) => latenessP99[name] ?? 0),
    };
  };
  const stage = (name: StageName) => {
    const shares = shown.map(({ state }, i) => {
      const was = marks[first + i - 1]?.state ?? initialState;
      const after = named(state.stages, name).spent;
      const before = was.stages[name]?.spent;
      // Each stage ends a window at a different run time.
      return timeShares({
        spanMs: after.spanMs - (before?.spanMs ?? 0),
        busyMs: after.busyMs - (before?.busyMs ?? 0),
        blockedMs: after.blockedMs - (before?.blockedMs ?? 0),
      });
    });
    return {
      busy: shares.map(({ busyShare }) => busyShare),
      blocked: shares.map(({ blockedShare }) => blockedShare),
    };
  };
  const rows = (counter: 'missing' | 'late' | 'dropped'): number[] =>
    column(({ feed: after }, { feed: before }) =>
      Number((after?.total[counter] ?? 0n) - (before?.total[counter] ?? 0n)),
    );
  const isLive = shown.at(-1)?.state.feed !== undefined;
  return {
    first,
    seq: shown.map(({ seq }) => seq),
    to: shown.map(({ to }) => to / 1000),
    edges: forEveryEdge(topology, edge),
    ...(isLive
      ? { feed: { missing: rows('missing'), late: rows('late'), dropped: rows('dropped') } }
      : {}),
    stages: forEveryStage(topology, stage),
  };
}
