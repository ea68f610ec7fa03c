import type { Row } from '../frame/table';
import { itemsFor, RUNS, zeroCopyRun } from '../threads/zeroCopyCell';
import type { ZeroCopyRun } from '../threads/zeroCopyCell';

export const nameOf = ({ lists, own, gapMs }: ZeroCopyRun): string =>
  `${lists}-lists-${own}us-${gapMs}ms`;

const titleOf = ({ lists, own, gapMs }: ZeroCopyRun): string =>
  `${own}/${2 * own} µs of own work, ${gapMs} ms apart: ${
    lists === 0 ? 'zero copy' : lists === 1 ? 'one list copied' : `${lists} lists copied`
  }`;

/** Figures of a run, by the name of the row's own. */
const zeroCopyRow = (run: ZeroCopyRun): Row => ({
  name: nameOf(run),
  title: titleOf(run),
  compared: false,
  inSmoke: run.own === 10 && run.gapMs === 0.5,
  prepare: ({ size, seed }) => {
    const items = Math.min(size, itemsFor(run));
    return async () => {
      const { shares, seen, serviceUs, others } = await zeroCopyRun(run, items, seed);
      const [first, second] = shares;
      const [seenFirst, seenSecond] = seen;
      const [processor, analysis] = serviceUs;
      return {
        items,
        figures: { first, second, seenFirst, seenSecond, processor, analysis, others },
      };
    };
  },
});

export const ROWS: readonly Row[] = RUNS.map(zeroCopyRow);
