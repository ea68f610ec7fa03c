import type { EdgeSeries, Series } from '../protocol';

export const NO_SERIES: Series = { first: 0, seq: [], to: [], edges: {}, stages: {} } as never;

/** The columns so far, and those that came: what came replaces what stood there. */
export function joined(before: Series, more: Series): Series {
  const { first } = more;
  // The same columns: nothing is drawn anew.
  if (more.to.length === 0 && first === before.to.length) return before;
  const column = (a: readonly number[] | undefined, b: readonly number[]): readonly number[] => [
    ...(a ?? []).slice(0, first),
    ...b,
  ];
  const edges = Object.entries(more.edges).map(([name, edge]): [string, EdgeSeries] => {
    const was = before.edges[name];
    return [
      name,
      {
        delivered: column(was?.delivered, edge.delivered),
        burst: column(was?.burst, edge.burst),
        behind: column(was?.behind, edge.behind),
        dropped: column(was?.dropped, edge.dropped),
        latenessP99: column(was?.latenessP99, edge.latenessP99),
      },
    ];
  });
  const stages = Object.entries(more.stages).map(([name, { busy, blocked }]) => {
    const was = before.stages[name];
    return [
      name,
      { busy: column(was?.busy, busy), blocked: column(was?.blocked, blocked) },
    ] as const;
  });
  const { feed } = more;
  const was = before.feed;
  return {
    ...(feed === undefined
      ? { feed: was }
      : {
          feed: {
            missing: column(was?.missing, feed.missing),
            late: column(was?.late, feed.late),
            dropped: column(was?.dropped, feed.dropped),
          },
        }),
    first: 0,
    seq: column(before.seq, more.seq),
    to: column(before.to, more.to),
    edges: Object.fromEntries(edges),
    stages: Object.fromEntries(stages),
  } as Series;
}
