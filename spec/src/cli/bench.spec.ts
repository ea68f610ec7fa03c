import { barometer } from './barometer';

jest.setTimeout(120_000);

interface Share {
  readonly delivered: number;
  readonly events: number;
  readonly behind: number;
  readonly share: number;
}

describe('bench', () => {
  it('zero-copy: a cell for each number of lists, with the same items on both sides', async () => {
    const argv = 'bench zero-copy --own 10 --gaps 0.5 --lists 1 --items 60 --seed 1 --json';
    const { code, stdout, stderr } = await barometer(argv.split(' '));
    expect([code, stderr]).toEqual([0, '']);
    const cell = JSON.parse(stdout) as Record<'copying' | 'zero', Record<string, Share>>;
    expect(cell).toMatchObject({ lists: 1, ownUs: [10, 20], gapMs: 0.5, seed: 1, items: 60 });
    for (const side of [cell.copying, cell.zero]) {
      for (const edge of ['coordinator-processor', 'processor-analysis']) {
        expect(side[edge]).toMatchObject({ delivered: 60 });
      }
    }
  });

  it('threads: counts what the recursion over the recorded service times says', async () => {
    const argv = 'bench threads --utilisations 0.5 --gaps 2 --items 60 --seed 1 --json';
    const { code, stdout } = await barometer(argv.split(' '));
    expect(code).toBe(0);
    const { edges } = JSON.parse(stdout) as {
      edges: Record<string, { threads: number; recursion: number }>;
    };
    for (const { threads, recursion } of Object.values(edges)) expect(threads).toBe(recursion);
  });

  it('ring: says how many items a second cross, either way', async () => {
    const { code, stdout } = await barometer('bench ring --items 20000'.split(' '));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ring [\d.]+ M items\/s, postMessage [\d.]+ M items\/s: \d+ x\n$/);
  });

  it('of something else is wrong usage', async () => {
    const { code, stderr } = await barometer(['bench', 'speed']);
    expect([code, stderr]).toEqual([
      2,
      'barometer: bench speed: there are zero-copy, threads, ring\n',
    ]);
  });
});
