import { EDGES } from './measured';
import type { ThreeShares, UtilisationCell } from './threadsAgainstSimulated';

const percent = (share: number): string => (100 * share).toFixed(1);

/** How far apart two shares are, in percentage points. */
export const apart = (one: number, other: number): number => 100 * Math.abs(one - other);

export const UTILISATION_HEAD = [
  'Not-ready shares in percent: threads (as their cells were seen) | (a) recursion over their own service',
  'times | (b) simulated, one thread.',
  'Then what a service took, threads over simulated.',
].join('\n');

export function renderUtilisationCell({
  utilisation,
  gapMs,
  edges,
  meanMs,
}: UtilisationCell): string {
  const shares = ({ threads, seen, recursion, simulated }: ThreeShares): string =>
    `${percent(threads)} (${percent(seen)}) | ${percent(recursion)} | ${percent(simulated)}`.padEnd(
      30,
    );
  const slower = meanMs.map(({ threads, simulated }) => `x${(threads / simulated).toFixed(2)}`);
  return [
    `gap ${gapMs} ms`.padEnd(10),
    utilisation.join('/').padEnd(8),
    ...EDGES.map((edge) => shares(edges[edge])),
    slower.join(' '),
  ].join('  ');
}

/** How many cells are within 3 points, and the worst, of either comparison. */
export function summariseUtilisations(cells: readonly UtilisationCell[]): string {
  const differences = (
    of: 'recursion' | 'simulated',
    from: 'threads' | 'seen' = 'threads',
  ): number[] =>
    cells.flatMap(({ edges }) => EDGES.map((edge) => apart(edges[edge][from], edges[edge][of])));
  const line = (name: string, values: readonly number[]): string => {
    const within = values.filter((value) => value <= 3).length;
    const worst = Math.max(...values).toFixed(1);
    return `${name}: ${within} of ${values.length} within 3 points, worst ${worst}`;
  };
  return [
    line('(a) recursion', differences('recursion')),
    line('(b) simulated', differences('simulated')),
    line('seen, against (a)', differences('recursion', 'seen')),
    line('seen, against (b)', differences('simulated', 'seen')),
  ].join('\n');
}
