import { summariseUtilisations } from '../../../src/bench/renderUtilisations';
import { plannedMs, planUtilisations } from '../../../src/bench/threadsAgainstSimulated';
import type { UtilisationCell } from '../../../src/bench/threadsAgainstSimulated';

const GRID = {
  utilisations: [0.2, 0.5, 0.8, 1.2],
  gaps: [10, 5],
  service: 'exponential',
  ties: true,
  items: 1_000,
  seed: 1,
} as const;

describe('the plan of bench threads', () => {
  it('judges 16 pairs at 10 ms, which are 32 cells, and neither shorter gaps nor ties', () => {
    const plan = planUtilisations(GRID);
    const judged = plan.filter((cell) => cell.judged);
    expect(judged).toHaveLength(16);
    expect(new Set(judged.map(({ gapMs }) => gapMs))).toEqual(new Set([10]));
    const ties = plan.filter(({ service }) => service === 'constant');
    expect(ties.map(({ utilisation, judged: isJudged }) => [...utilisation, isJudged])).toEqual([
      [0.5, 0.5, false],
      [0.8, 0.8, false],
      [0.8, 0.77, false],
    ]);
    expect(plan).toHaveLength(16 + 16 + 3);
  });

  it('judges nothing of constant services', () => {
    const plan = planUtilisations({ ...GRID, service: 'constant', ties: false });
    expect(plan.filter((cell) => cell.judged)).toEqual([]);
  });

  it('takes a quarter of an hour at most', () => {
    const plan = planUtilisations({ ...GRID, gaps: [10, 5, 2, 1] });
    const whole = plan.reduce((sum, cell) => sum + plannedMs(cell, 1_000), 0);
    expect(whole).toBeLessThan(15 * 60_000);
  });
});

/** One that is so many points off (b) on its edges, and agrees with (a). */
const cell = (
  off: readonly [number, number],
  of: Partial<UtilisationCell> = {},
): UtilisationCell => {
  const edge = (points: number) => ({
    threads: 0.5,
    seen: 0.5,
    recursion: 0.5,
    simulated: 0.5 + points / 100,
  });
  const stage = (name: 'processor' | 'analysis') =>
    ({ stage: name, threads: 1.02, simulated: 1, runQueue: 0.01 }) as const;
  return {
    utilisation: [0.5, 0.5],
    gapMs: 10,
    service: 'exponential',
    judged: true,
    edges: { 'coordinator-processor': edge(off[0]), 'processor-analysis': edge(off[1]) },
    stages: [stage('processor'), stage('analysis')],
    others: 0,
    ...of,
  };
};
const cells = (...offs: (readonly [number, number])[]): UtilisationCell[] =>
  [...offs, ...Array.from({ length: 16 - offs.length }, () => [0, 0] as const)].map((off) =>
    cell(off),
  );

describe('the verdict of bench threads', () => {
  it.each([
    ['all within 3 points', cells([2.9, -2.9]), '32 of 32 within 3 points, worst 2.9', 'met'],
    ['two of 32 are not', cells([3.1, 4.9]), '30 of 32 within 3 points, worst 4.9', 'met'],
    ['three are not', cells([3.1, 3.1], [0, 3.1]), '29 of 32 within 3 points, worst 3.1', 'MISSED'],
    ['one is beyond 5', cells([5.1, 0]), '31 of 32 within 3 points, worst 5.1', 'MISSED'],
  ])('%s', (_, given, counted, verdict) => {
    const text = summariseUtilisations(given);
    expect(text).toContain(
      `(b) simulated: ${counted}; asked for: 30, and none beyond 5: ${verdict}\n`,
    );
    expect(text).toContain(
      '(a) recursion: 32 of 32 within 3 points, worst 0.0; asked for: all: met',
    );
  });

  it('leaves out what is not judged, and says so', () => {
    const text = summariseUtilisations([
      cell([0, 0]),
      cell([20, 0], { gapMs: 1, judged: false }),
      cell([0, 43], { service: 'constant', judged: false }),
    ]);
    expect(text).toContain('(b) simulated: 2 of 2 within 3 points');
    expect(text).toContain('gap 1 ms, (b): 1 of 2 within 3 points, worst 20.0');
    expect(text).toContain('constant services, (b): 1 of 2 within 3 points, worst 43.0');
    expect(text).toMatch(/^ {2}gap 1 ms: services in threads x1\.020 to x1\.020, .*up to 1\.0 % /m);
  });
});
