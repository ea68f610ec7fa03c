import {
  renderUtilisationCell,
  summariseUtilisations,
} from '../../../src/bench/renderUtilisations';
import type { UtilisationCell } from '../../../src/bench/threadsAgainstSimulated';

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

describe('a cell of bench threads', () => {
  it('has the shares of each edge, marked where they are off, and how much longer services took', () => {
    expect(renderUtilisationCell(cell([2.9, 3.1])).split(/  +/)).toEqual([
      'gap 10 ms',
      '0.5/0.5',
      '50.0 (50.0) | 50.0 | 52.9',
      '50.0 (50.0) | 50.0 | 53.1!',
      'x1.020 x1.020',
    ]);
  });

  it.each<[string, Partial<UtilisationCell>]>([
    ['not judged', { judged: false }],
    ['constant services, not judged', { judged: false, service: 'constant' }],
  ])('says where it is %s', (why, of) => {
    expect(renderUtilisationCell(cell([0, 0], of))).toMatch(new RegExp(` x1\\.020  ${why}$`));
  });
});
