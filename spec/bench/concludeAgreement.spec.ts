import type { AgreementCell } from '../../bench/src/threads/agreementCell';
import { concludeAgreement } from '../../bench/src/threads/concludeAgreement';

/** One that is so many points off (b) on its edges, and agrees with (a). */
const cell = (off: readonly [number, number], of: Partial<AgreementCell> = {}): AgreementCell => {
  const edge = (points: number) => ({
    threads: 0.5,
    seen: 0.5,
    recursion: 0.5,
    simulated: 0.5 + points / 100,
  });
  const stage = { serviceFactor: 1.02, runQueue: 0.01 };
  return {
    utilization: [0.5, 0.5],
    gapMs: 10,
    service: 'exponential',
    judged: true,
    edges: [edge(off[0]), edge(off[1])],
    stages: [stage, stage],
    others: 0,
    ...of,
  };
};
const cells = (...offs: (readonly [number, number])[]): AgreementCell[] =>
  [...offs, ...Array.from({ length: 16 - offs.length }, () => [0, 0] as const)].map((off) =>
    cell(off),
  );

describe('what the threads table concludes', () => {
  it.each([
    ['all within 3 points', cells([2.9, -2.9]), '32 of 32 within 3 points, worst 2.9', 'met'],
    ['two of 32 are not', cells([3.1, 4.9]), '30 of 32 within 3 points, worst 4.9', 'met'],
    [
      'three are not',
      cells([3.1, 3.1], [0, 3.1]),
      '29 of 32 within 3 points, worst 3.1',
      '**missed**',
    ],
    ['one is beyond 5', cells([5.1, 0]), '31 of 32 within 3 points, worst 5.1', '**missed**'],
  ])('%s', (_, given, counted, verdict) => {
    const lines = concludeAgreement(given);
    expect(lines).toContain(`(b) simulated: ${counted}; target: 30, and none beyond 5: ${verdict}`);
    expect(lines).toContain('(a) recursion: 32 of 32 within 3 points, worst 0.0; target: all: met');
  });

  it('leaves out of the verdict what is not judged, and says it apart', () => {
    const lines = concludeAgreement([
      cell([0, 0]),
      cell([20, 0], { gapMs: 1, judged: false }),
      cell([0, 43], { service: 'constant', judged: false }),
    ]);
    expect(lines).toEqual([
      '(a) recursion: 2 of 2 within 3 points, worst 0.0; target: all: met',
      '(b) simulated: 2 of 2 within 3 points, worst 0.0; target: 2, and none beyond 5: met',
      '(b) as seen in the cells: 2 of 2 within 3 points, worst 0.0',
      'gap 1 ms, (a): 2 of 2 within 3 points, worst 0.0',
      'gap 1 ms, (b): 1 of 2 within 3 points, worst 20.0',
      expect.stringMatching(/^constant services, \(b\): 1 of 2 within 3 points, worst 43\.0: /),
      expect.stringMatching(/^limits at a gap of 10 ms: /),
      'limits at a gap of 1 ms: services in threads ×1.020 to ×1.020, hand-over and wake-up about 0 µs and 0 µs, threads waited for a processor up to 1.0 % of the time, other processes up to 0.0 % of the machine',
    ]);
  });

  it('knows what a hand-over takes by how many more items were seen to find a stage not ready', () => {
    const edge = { threads: 0.5, seen: 0.55, recursion: 0.5, simulated: 0.5 };
    const [line] = concludeAgreement([cell([0, 0], { edges: [edge, edge] })]).slice(-1);
    // 5 points of 50 that were ready, at a gap of 10 ms.
    expect(line).toContain('about 1000 µs and 1000 µs');
  });

  it('says nothing of a run queue that the system does not know', () => {
    const stage = { serviceFactor: 1, runQueue: NaN };
    const lines = concludeAgreement([cell([0, 0], { stages: [stage, stage] })]);
    expect(lines.join()).not.toMatch('waited');
  });

  it('nothing of no cells', () => {
    expect(concludeAgreement([])).toEqual([]);
  });
});
