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
  '',
  row(['lists', 'own work us', 'gap ms', EDGES[0] as string, EDGES[1] as string, '3-8 x?']),
].join('\n');

export function renderZeroCopyCell({
  lists,
  ownUs,
  gapMs,
  copying,
  zero,
  factors,
}: ZeroCopyCell): string {
  const edges = EDGES.map((edge, index) => {
    const factor = factors[index];
    const times = factor === undefined ? `${copying[edge].events} : 0` : `${factor.toFixed(1)} x`;
    return `${percent(copying[edge].share)} -> ${percent(zero[edge].share)}  ${times}`;
  });
  return row([`${lists}`, ownUs.join('/'), `${gapMs}`, ...edges, holds(factors)]);
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
