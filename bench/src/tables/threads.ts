import type { Figure, Table } from '../frame/table';
import { CELL, copying, messages, OWN, pipelined, pipelinedName, ring } from '../rows/threads';
import type { Pipelined } from '../rows/threads';

/** Of the row's own milliseconds: paced rows have none, they take as long as their arrivals. */
const nsPerItem: Figure = {
  title: 'ns/item',
  of: ({ figures, items }) => ((figures['ms'] ?? NaN) * 1e6) / items,
};

const itemsPerSecond: Figure = {
  title: 'M items/s',
  of: ({ figures, items }) => items / (figures['ms'] ?? NaN) / 1e3,
  digits: 3,
};

const notReady = (edge: string, name: string): Figure => ({
  title: `not ready on the ${edge} edge, %`,
  of: ({ figures }) => figures[name] ?? NaN,
  digits: 1,
});

const first = notReady('first', 'first');
const second = notReady('second', 'second');

const PIPELINES: readonly Pipelined[] = OWN.flatMap((own) =>
  (['clock', 'data'] as const).flatMap((mode) =>
    [false, true].map((threads) => ({ own, mode, threads })),
  ),
);

export const threads: Table = {
  name: 'threads',
  title: 'Each stage on its own core',
  input: (size) =>
    `Items from thread to thread; up to ${(size / 2).toLocaleString('en')} ticks, each a bar of its own, through the pipeline on the wall clock, all due at once; and ${(size / 50).toLocaleString('en')} of them ${CELL.gapMs} ms apart (Poisson), ${CELL.own} µs of work in the processor and ${2 * CELL.own} in the analysis. What it takes to start threads is left out`,
  rows: [
    messages,
    ring,
    ...PIPELINES.map(pipelined),
    copying('zero-copy', 'paced: zero copy', 0),
    copying('copied-1', 'paced: one list of 200 bars copied with each hand-over', 1),
    copying('copied-5', 'paced: five lists copied with each hand-over', 5),
  ],
  sizes: { full: 200_000, quick: 50_000, smoke: 300 },
  warmUp: 10_000,
  rounds: 5,
  figures: [nsPerItem, itemsPerSecond, first, second],
  targets: [{ row: 'ring', beside: 'messages', atLeast: 10 }],
  conclude: (figureOf) => [
    ...OWN.flatMap((own) =>
      (['clock', 'data'] as const).flatMap((mode) => {
        const nsOf = (inThreads: boolean) =>
          figureOf(pipelinedName({ own, mode, threads: inThreads }), nsPerItem.title);
        const factor = ratio(nsOf(false), nsOf(true));
        return factor === undefined
          ? []
          : [
              `${own} µs of work a stage, ${mode}-driven: three threads are ${factor} × as fast as one`,
            ];
      }),
    ),
    ...[1, 5].flatMap((lists) => {
      const [one, other] = [first, second].map(({ title }) =>
        ratio(figureOf(`copied-${lists}`, title), figureOf('zero-copy', title)),
      );
      if (one === undefined || other === undefined) return [];
      const what = lists === 1 ? 'one list' : `${lists} lists`;
      return [
        `copying ${what}: ${one} × the events of zero copy on the first edge, ${other} × on the second (the guide: 3–8 ×)`,
      ];
    }),
  ],
};

const ratio = (one: number | undefined, other: number | undefined): string | undefined =>
  one === undefined || other === undefined || other === 0 ? undefined : (one / other).toFixed(2);
