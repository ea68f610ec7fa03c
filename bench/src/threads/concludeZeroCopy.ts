import { claimOf, factorsOf, GUIDE } from './guideClaim';
import type { ZeroCopyCell } from './zeroCopyCell';

const pair = (values: readonly (number | undefined)[]): string =>
  values
    .map((factor) => (factor === undefined || Number.isNaN(factor) ? '-' : factor.toFixed(1)))
    .join(' · ');

/** Lines with the factors for each number of lists, and where the guide's claim holds. */
export function concludeZeroCopy(cells: readonly ZeroCopyCell[]): string[] {
  if (cells.length === 0) return [];
  const numbers = [...new Set(cells.map(({ lists }) => lists))];
  const most = Math.max(...cells.flatMap(({ copying, zero }) => [copying.others, zero.others]));
  return [
    ...numbers.flatMap((lists) =>
      ofLists(
        lists,
        cells.filter((cell) => cell.lists === lists),
      ),
    ),
    `other processes took at most ${most.toFixed(1)} % of the machine during a run`,
  ];
}

function ofLists(lists: number, cells: readonly ZeroCopyCell[]): string[] {
  const name = lists === 1 ? 'one list' : `${lists} lists`;
  return [
    `${name} a hand-over, events of copying ÷ zero copy on the first · second edge (the guide: ${GUIDE.factor}, from ${GUIDE.copying.join(' and ')}); in brackets as the cells were seen, hand-overs and wake-ups included`,
    ...[...new Set(cells.map(({ own }) => own))].map((own) => {
      const factors = cells
        .filter((cell) => cell.own === own)
        .map(
          (cell) =>
            `${pair(factorsOf(cell))} (${pair(factorsOf(cell, 'seen'))}) at ${cell.gapMs} ms`,
        );
      return `${name}, ${own}/${2 * own} µs of own work: ${factors.join(', ')}`;
    }),
    `${name}: 3 × or more: ${claimed(cells, 'factor')}`,
    `${name}: zero copy below ${GUIDE.zero.map((most) => most.slice(2)).join(' and ')}: ${claimed(cells, 'zero')}`,
  ];
}

/** In how many cells it holds; and where, by own work. */
function claimed(cells: readonly ZeroCopyCell[], what: 'factor' | 'zero'): string {
  const claims = cells.map((cell) => ({ cell, on: claimOf(cell)[what] }));
  const of = (holds: (on: readonly boolean[]) => boolean) => claims.filter(({ on }) => holds(on));
  const first = of(([one]) => one === true);
  const second = of(([, other]) => other === true);
  const both = of((on) => on.every(Boolean));
  const places = new Map<number, number[]>();
  for (const { cell } of both) places.set(cell.own, [...(places.get(cell.own) ?? []), cell.gapMs]);
  const where = [...places].map(([own, gaps]) => `${own} µs at ${gaps.join(', ')} ms`).join('; ');
  return (
    `first edge in ${first.length} of ${cells.length} cells, second in ${second.length}, ` +
    `both in ${both.length}${where === '' ? '' : ` (${where})`}`
  );
}
