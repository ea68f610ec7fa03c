import { median } from '../frame/statistics';
import type { AgreementCell, StageTimes, ThreeShares } from './agreementCell';

/** Difference of two shares in percentage points. */
const apart = (one: number, other: number): number => 100 * Math.abs(one - other);

/** Largest accepted difference from the recursion, in percentage points. */
const WITHIN = 3;
/** One cell in this many may differ from the simulation by more than the tolerance, … */
const ALL_BUT_ONE_IN = 16;
/** … but by at most this many percentage points. */
const NEVER_BEYOND = 5;

/** Lines that state each requirement, whether it is met, and what limits the agreement for each gap. */
export function concludeAgreement(cells: readonly AgreementCell[]): string[] {
  if (cells.length === 0) return [];
  const judged = cells.filter((cell) => cell.judged);
  const plain = cells.filter((cell) => cell.service !== 'constant' && !cell.judged);
  const constant = cells.filter(({ service }) => service === 'constant');
  return [
    ...verdicts(judged),
    ...byGap(plain).flatMap(([gap, those]) => [
      counted(`gap ${gap} ms, (a)`, differences(those, 'recursion')),
      counted(`gap ${gap} ms, (b)`, differences(those, 'simulated')),
    ]),
    ...(constant.length === 0
      ? []
      : [
          `${counted('constant services, (b)', differences(constant, 'simulated'))}: where services are (nearly) equal, a difference of microseconds decides about whole runs of items`,
        ]),
    ...byGap(cells).map(([gap, those]) => limits(gap, those)),
  ];
}

const byGap = (cells: readonly AgreementCell[]): [number, AgreementCell[]][] =>
  [...new Set(cells.map(({ gapMs }) => gapMs))].map((gap) => [
    gap,
    cells.filter(({ gapMs }) => gapMs === gap),
  ]);

const differences = (
  cells: readonly AgreementCell[],
  of: 'recursion' | 'simulated',
  from: 'threads' | 'seen' = 'threads',
): number[] =>
  cells.flatMap(({ edges }) => edges.map((edge: ThreeShares) => apart(edge[from], edge[of])));

const withinOf = (values: readonly number[]): number =>
  values.filter((value) => value <= WITHIN).length;

const counted = (name: string, values: readonly number[]): string =>
  `${name}: ${withinOf(values)} of ${values.length} within ${WITHIN} points, worst ${Math.max(0, ...values).toFixed(1)}`;

/** A cell of the grid is an edge: 16 pairs of utilizations are 32. */
function verdicts(cells: readonly AgreementCell[]): string[] {
  if (cells.length === 0) return [];
  const [a, b] = [differences(cells, 'recursion'), differences(cells, 'simulated')];
  const asked = b.length - Math.floor(b.length / ALL_BUT_ONE_IN);
  const isMet = withinOf(b) >= asked && Math.max(...b) <= NEVER_BEYOND;
  return [
    `${counted('(a) recursion', a)}; target: all: ${word(withinOf(a) === a.length)}`,
    `${counted('(b) simulated', b)}; target: ${asked}, and none beyond ${NEVER_BEYOND}: ${word(isMet)}`,
    counted('(b) as seen in the cells', differences(cells, 'simulated', 'seen')),
  ];
}

const word = (isMet: boolean): string => (isMet ? 'met' : '**missed**');

function limits(gap: number, cells: readonly AgreementCell[]): string {
  const stages = cells.flatMap((cell): readonly StageTimes[] => cell.stages);
  const slower = stages.map(({ serviceFactor }) => serviceFactor);
  const queued = stages.map(({ runQueue }) => runQueue).filter((share) => !Number.isNaN(share));
  const others = Math.max(...cells.map((cell) => cell.others));
  const wakes = ([0, 1] as const).map(
    (edge) => `${(1_000 * median(cells.map((cell) => handOver(cell, edge)))).toFixed(0)} µs`,
  );
  return [
    `limits at a gap of ${gap} ms: services in threads ×${Math.min(...slower).toFixed(3)} to ×${Math.max(...slower).toFixed(3)}`,
    `hand-over and wake-up about ${wakes.join(' and ')}`,
    ...(queued.length === 0
      ? []
      : [`threads waited for a processor up to ${percent(Math.max(...queued))} % of the time`]),
    `other processes up to ${percent(others)} % of the machine`,
  ].join(', ');
}

const percent = (share: number): string => (100 * share).toFixed(1);

/** Milliseconds for which a stage seems busy beyond its services: so many more items found it not ready. */
function handOver({ edges, gapMs }: AgreementCell, edge: 0 | 1): number {
  const { seen, threads } = edges[edge];
  return threads === 1 ? 0 : ((seen - threads) * gapMs) / (1 - threads);
}
