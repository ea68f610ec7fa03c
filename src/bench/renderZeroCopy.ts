import { claimOf, GUIDE, whichEdges } from './guideClaim';
import { EDGES } from './measured';
import type { MeasuredRun } from './measured';
import type { ZeroCopyCell } from './zeroCopy';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const times = (factor: number | undefined): string =>
  factor === undefined || Number.isNaN(factor) ? '-' : factor.toFixed(1);
const pair = (values: readonly (number | undefined)[]): string => values.map(times).join(' · ');

const guideOn = (edge: 0 | 1): string =>
  `${GUIDE.copying[edge]} -> ${GUIDE.zero[edge]}  ${GUIDE.factor}`;

export const ZERO_COPY_HEAD = [
  'Shares of items that found the next stage not ready (and how many did): copied lists -> zero copy, and the factor.',
  '"seen": what the cells said when items were offered, hand-overs and wake-ups included.',
  '"service x": how many times as long a service takes, 1 + copying cost / own work: what the factor follows.',
  '"3 x" and "below": on which edges the factor is at least 3, and zero copy below 2 % and 5 %, as the guide says.',
  '',
  row(['lists', 'own us', 'gap ms', ...EDGES, 'service x', '3 x', 'below']),
  row(['guide', '', '', guideOn(0), guideOn(1), '', 'both', 'both']),
].join('\n');

export function renderZeroCopyCell(cell: ZeroCopyCell): string {
  const { lists, ownUs, gapMs, factors, seenFactors, serviceFactors } = cell;
  const claim = claimOf(cell);
  return [
    row([
      `${lists}`,
      ownUs.join('/'),
      `${gapMs}`,
      ...edgesOf(cell, factors, counted),
      pair(serviceFactors),
      whichEdges(claim.factor),
      whichEdges(claim.zero),
    ]),
    row([
      '',
      '',
      'seen',
      ...edgesOf(cell, seenFactors, (run, edge) => percent(run.edges[edge].seen)),
    ]),
  ].join('\n');
}

type EdgeOf = (run: MeasuredRun, edge: (typeof EDGES)[number]) => string;

const counted: EdgeOf = ({ edges }, edge) =>
  `${percent(edges[edge].share)} (${edges[edge].events})`;

const edgesOf = (
  { copying, zero }: ZeroCopyCell,
  factors: readonly (number | undefined)[],
  show: EdgeOf,
): string[] =>
  EDGES.map((edge, index) => {
    const factor = factors[index];
    const apart = factor === undefined ? '' : `  ${times(factor)} x`;
    return `${show(copying, edge)} -> ${show(zero, edge)}${apart}`;
  });

/** The grid of factors of each number of lists, and where the guide's claim holds in it. */
export function summariseZeroCopy(cells: readonly ZeroCopyCell[]): string {
  const numbers = [...new Set(cells.map(({ lists }) => lists))];
  return numbers
    .map((lists) =>
      gridOf(
        lists,
        cells.filter((cell) => cell.lists === lists),
      ),
    )
    .concat(othersLine(cells))
    .join('\n\n');
}

function gridOf(lists: number, cells: readonly ZeroCopyCell[]): string {
  const gaps = [...new Set(cells.map(({ gapMs }) => gapMs))];
  const works = [...new Set(cells.map(({ ownUs }) => ownUs.join('/')))];
  const at = (own: string, gap: number): ZeroCopyCell | undefined =>
    cells.find(({ ownUs, gapMs }) => gapMs === gap && ownUs.join('/') === own);
  const line = (name: string, entries: readonly string[]): string =>
    [name.padEnd(12), ...entries.map((entry) => entry.padEnd(14))].join('').trimEnd();
  const cell = (own: string, gap: number): string => pair(at(own, gap)?.factors ?? []);
  return [
    `${lists === 1 ? 'One list' : `${lists} lists`} a hand-over: factors on the first · second edge (the guide: ${GUIDE.factor} on both)`,
    line(
      'own us',
      gaps.map((gap) => `${gap} ms`),
    ),
    ...works.map((own) =>
      line(
        own,
        gaps.map((gap) => cell(own, gap)),
      ),
    ),
    `3 x or more: ${claimed(cells, 'factor')}`,
    `zero copy below ${GUIDE.zero[0].slice(2)} and ${GUIDE.zero[1].slice(2)}: ${claimed(cells, 'zero')}`,
  ].join('\n');
}

/** In how many cells it holds; and where, by own work. */
function claimed(cells: readonly ZeroCopyCell[], what: 'factor' | 'zero'): string {
  const claims = cells.map((cell) => ({ cell, on: claimOf(cell)[what] }));
  const of = (holds: (on: readonly boolean[]) => boolean) => claims.filter(({ on }) => holds(on));
  const first = of(([one]) => one === true);
  const second = of(([, other]) => other === true);
  const both = of((on) => on.every(Boolean));
  const places = new Map<string, number[]>();
  for (const { cell } of both) {
    const own = `${cell.ownUs.join('/')} us`;
    places.set(own, [...(places.get(own) ?? []), cell.gapMs]);
  }
  const where = [...places].map(([own, gaps]) => `${own} at ${gaps.join(', ')} ms`).join('; ');
  return (
    `first edge in ${first.length} of ${cells.length} cells, second in ${second.length}, ` +
    `both in ${both.length}${where === '' ? '' : ` (${where})`}`
  );
}

export function othersLine(cells: readonly ZeroCopyCell[]): string {
  const most = Math.max(0, ...cells.flatMap(({ copying, zero }) => [copying.others, zero.others]));
  return `Other processes took at most ${percent(most)} of the machine during a run.`;
}

function row(cells: readonly string[]): string {
  const widths = [5, 9, 6, 38, 38, 11, 7, 7];
  return cells
    .map((cell, index) => cell.padEnd(widths[index] ?? 0))
    .join('  ')
    .trimEnd();
}
