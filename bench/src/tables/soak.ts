import type { Figure, Table } from '../frame/table';
import { soakRow, SPEED } from '../rows/soak';
import { concludeSoak } from '../threads/concludeSoak';
import type { Growth, Memory } from '../threads/concludeSoak';
import { STRATEGIES, SYMBOLS } from '../threads/soakRun';
import { figureNamed, percentNamed } from './figures';

const of = (kind: Memory, what: string) => ({
  mean: figureNamed(kind, `${what}, MB`),
  growth: percentNamed(`${kind}Growth`, `${what}, growth %`),
});

const KINDS = {
  rss: of('rss', 'process'),
  heap: of('heap', 'live heap of the coordinator'),
  external: of('external', 'external memory of the coordinator'),
  processor: of('processor', 'live heap of the processor'),
  analysis: of('analysis', 'live heap of the analysis'),
};

export const soak: Table = {
  name: 'soak',
  title: 'Threads for a long time',
  input: (size) =>
    `${size / 60} minutes of market at speed ${SPEED}: ${SYMBOLS} symbols, 100ms bars, 4 derived intervals, ${STRATEGIES} strategies. Means and growth after a warm-up; heaps after their garbage was collected. Nine totals are compared with what was counted beforehand: the row fails where one is off`,
  rows: [soakRow],
  /** Seconds of market time. */
  sizes: { full: 1_800, quick: 300, smoke: 12 },
  warmUp: 0,
  rounds: 1,
  figures: [
    ...Object.values(KINDS).flatMap(({ mean, growth }) => [mean, growth]),
    percentNamed('first', 'behind on the first edge, %'),
    percentNamed('second', 'behind on the second edge, %'),
    percentNamed('others', 'other processes, %'),
  ],
  conclude: (figureOf) => {
    const growthOf = ({ mean, growth }: (typeof KINDS)[Memory]): Growth => {
      const value = ({ title }: Figure): number => figureOf(soakRow.name, title) ?? NaN;
      return { mean: value(mean), growth: value(growth) / 100 };
    };
    return concludeSoak({
      rss: growthOf(KINDS.rss),
      heap: growthOf(KINDS.heap),
      external: growthOf(KINDS.external),
      processor: growthOf(KINDS.processor),
      analysis: growthOf(KINDS.analysis),
    });
  },
};
