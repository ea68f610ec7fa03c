import { EDGES } from './measured';
import type { ZeroCopyCell } from './zeroCopy';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** What the guide says of copied lists and of zero copy, on its two edges. */
const CLAIM = {
  copying: ['5–15 %', '20–40 %'],
  zero: ['< 2 %', '< 5 %'],
  factor: '3–8 x',
} as const;

export const ZERO_COPY_HEAD = [
  'Not-ready shares: copied lists -> zero copy, and how many times as many events.',
  `The guide expects ${CLAIM.copying[0]} -> ${CLAIM.zero[0]} on the first edge, ` +
    `${CLAIM.copying[1]} -> ${CLAIM.zero[1]} on the second: ${CLAIM.factor}`,
  '"seen": what the cells said when items were offered, hand-overs and wake-ups included.',
  '',
  row(['lists', 'own work us', 'gap ms', EDGES[0] as string, EDGES[1] as string, '3-8 x?']),
].join('\n');

export function renderZeroCopyCell(cell: ZeroCopyCell): string {
  const { lists, ownUs, gapMs, factors } = cell;
  const counted = line(cell, 'share', [`${lists}`, ownUs.join('/'), `${gapMs}`], holds(factors));
  return `${counted}\n${line(cell, 'seen', ['', '', 'seen'], holds(cell.seenFactors))}`;
}

function line(
  { copying, zero, factors, seenFactors }: ZeroCopyCell,
  by: 'share' | 'seen',
  head: readonly string[],
  verdict: string,
): string {
  const edges = EDGES.map((edge, index) => {
    const factor = (by === 'share' ? factors : seenFactors)[index];
    const times = factor === undefined ? '' : `  ${factor.toFixed(1)} x`;
    return `${percent(copying[edge][by])} -> ${percent(zero[edge][by])}${times}`;
  });
  return row([...head, ...edges, verdict]);
}

/** Whether the guide's factor is reached on both edges, on one, or on none. */
function holds(factors: readonly (number | undefined)[]): string {
  const reached = factors.filter((factor) => factor === undefined || factor >= 3).length;
  return reached === 2 ? 'both' : reached === 1 ? 'one' : 'no';
}

function row(cells: readonly string[]): string {
  const widths = [5, 12, 6, 26, 26, 6];
  return cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('  ');
}
