import { EDGES } from './measured';
import type { ThreeShares, UtilisationCell } from './threadsAgainstSimulated';

const percent = (share: number): string => (100 * share).toFixed(1);

/** How far apart two shares are, in percentage points. */
export const apart = (one: number, other: number): number => 100 * Math.abs(one - other);

/** Points within which the threads are to agree, … */
const WITHIN = 3;
/** … with the simulation in all but one in so many, and there by no more than … */
const ALL_BUT_ONE_IN = 16;
const NEVER_BEYOND = 5;

export const UTILISATION_HEAD = [
  'Shares in percent of items that found the next stage not ready, of each edge:',
  'counted by threads (as their cells were seen) | (a) recursion over their own services | (b) simulated, one thread;',
  '"!" where (a) or (b) is more than 3 points off. Then how long a service took in threads, over one thread.',
].join('\n');

export function renderUtilisationCell(cell: UtilisationCell): string {
  const { utilisation, gapMs, service, edges, stages, judged } = cell;
  const shares = (of: ThreeShares): string => {
    const { threads, seen, recursion, simulated } = of;
    const off = (other: number): string => (apart(threads, other) > WITHIN ? '!' : '');
    const [a, b] = [recursion, simulated].map((other) => `${percent(other)}${off(other)}`);
    return `${percent(threads)} (${percent(seen)}) | ${a ?? ''} | ${b ?? ''}`.padEnd(34);
  };
  const why = service === 'constant' ? 'constant services, not judged' : 'not judged';
  return [
    `gap ${gapMs} ms`.padEnd(10),
    utilisation.join('/').padEnd(8),
    ...EDGES.map((edge) => shares(edges[edge])),
    stages.map((stage) => `x${(stage.threads / stage.simulated).toFixed(3)}`).join(' '),
    ...(judged ? [] : [why]),
  ].join('  ');
}

/** What was asked for and whether it holds; and what limits the agreement, gap by gap. */
export function summariseUtilisations(cells: readonly UtilisationCell[]): string {
  const judged = cells.filter((cell) => cell.judged);
  const plain = cells.filter(
    ({ service, judged: isJudged }) => service !== 'constant' && !isJudged,
  );
  const constant = cells.filter(({ service }) => service === 'constant');
  return [
    ...verdicts(judged),
    ...gapsOf(plain).flatMap((gap) => {
      const those = plain.filter(({ gapMs }) => gapMs === gap);
      return [
        counted(`gap ${gap} ms, (a)`, differences(those, 'recursion')),
        counted(`gap ${gap} ms, (b)`, differences(those, 'simulated')),
      ];
    }),
    ...(constant.length === 0
      ? []
      : [
          `${counted('constant services, (b)', differences(constant, 'simulated'))}: where services are (nearly) equal,`,
          '  a difference of microseconds decides of whole runs of items: a knife’s edge, on which nobody can agree',
        ]),
    '',
    'What limits it:',
    ...gapsOf(cells).map((gap) =>
      limits(
        gap,
        cells.filter(({ gapMs }) => gapMs === gap),
      ),
    ),
  ].join('\n');
}

const gapsOf = (cells: readonly UtilisationCell[]): number[] => [
  ...new Set(cells.map(({ gapMs }) => gapMs)),
];

const differences = (
  cells: readonly UtilisationCell[],
  of: 'recursion' | 'simulated',
  from: 'threads' | 'seen' = 'threads',
): number[] =>
  cells.flatMap(({ edges }) => EDGES.map((edge) => apart(edges[edge][from], edges[edge][of])));

const withinOf = (values: readonly number[]): number =>
  values.filter((value) => value <= WITHIN).length;

const counted = (name: string, values: readonly number[]): string =>
  `${name}: ${withinOf(values)} of ${values.length} within ${WITHIN} points, worst ${Math.max(0, ...values).toFixed(1)}`;

/** A cell of the grid is an edge: 16 pairs of utilisations are 32. */
function verdicts(cells: readonly UtilisationCell[]): string[] {
  if (cells.length === 0) return [];
  const [a, b] = [differences(cells, 'recursion'), differences(cells, 'simulated')];
  const asked = b.length - Math.floor(b.length / ALL_BUT_ONE_IN);
  const isMet = withinOf(b) >= asked && Math.max(...b) <= NEVER_BEYOND;
  return [
    `${counted('(a) recursion', a)}; asked for: all: ${word(withinOf(a) === a.length)}`,
    `${counted('(b) simulated', b)}; asked for: ${asked}, and none beyond ${NEVER_BEYOND}: ${word(isMet)}`,
    counted('(b) as seen in the cells', differences(cells, 'simulated', 'seen')),
  ];
}

const word = (isMet: boolean): string => (isMet ? 'met' : 'MISSED');

function limits(gap: number, cells: readonly UtilisationCell[]): string {
  const slower = cells.flatMap(({ stages }) =>
    stages.map(({ threads, simulated }) => threads / simulated),
  );
  const queued = cells.flatMap(({ stages }) => stages.flatMap(({ runQueue }) => runQueue ?? []));
  const others = Math.max(...cells.map((cell) => cell.others));
  const wakes = EDGES.map(
    (edge) => `${(1_000 * median(cells.map((cell) => handOver(cell, edge)))).toFixed(0)} us`,
  );
  return [
    `  gap ${gap} ms: services in threads x${Math.min(...slower).toFixed(3)} to x${Math.max(...slower).toFixed(3)}`,
    `hand-over and wake-up about ${wakes.join(' and ')}`,
    ...(queued.length === 0
      ? []
      : [`threads waited for a processor up to ${percent(Math.max(...queued))} % of the time`]),
    `other processes up to ${percent(others)} % of the machine`,
  ].join(', ');
}

/** Milliseconds for which a stage seems busy beyond its services: so many more items found it not ready. */
const handOver = ({ edges, gapMs }: UtilisationCell, edge: (typeof EDGES)[number]): number => {
  const { seen, threads } = edges[edge];
  return threads === 1 ? 0 : ((seen - threads) * gapMs) / (1 - threads);
};

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;
