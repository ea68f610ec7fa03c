import { largestOf } from '../../operators/kernel/extremes';
import { wrap } from '../report/wrap';

/** A name, and what stands on either side. */
export type SideRow = readonly [name: string, before: string, after: string];

const GAP = '  ';
const LEAST = 12;

/** Two columns of texts beside their names, each broken into lines so that all fit into `width`. */
export function sideBySide(rows: readonly SideRow[], width: number): string[] {
  const first = largestOf(rows.map(([name]) => name.length));
  const room = Math.max(LEAST, Math.floor((width - first - 2 * GAP.length) / 2));
  const column = Math.min(
    room,
    largestOf(rows.flatMap(([, ...cells]) => cells.map((c) => c.length))),
  );
  return rows.flatMap(([name, before, after]) => {
    const [left, right] = [linesOf(before, column), linesOf(after, column)];
    return Array.from({ length: Math.max(left.length, right.length) }, (_, i) =>
      [
        i === 0 ? name.padEnd(first) : ' '.repeat(first),
        (left[i] ?? '').padEnd(column),
        right[i] ?? '',
      ]
        .join(GAP)
        .trimEnd(),
    );
  });
}

/** A word that is longer than the column is broken too. */
const linesOf = (text: string, width: number): string[] =>
  wrap(text, width, '').flatMap((line) => line.match(new RegExp(`.{1,${width}}`, 'gsu')) ?? ['']);
