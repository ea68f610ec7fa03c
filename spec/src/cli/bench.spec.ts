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
    const cell = JSON.parse(stdout) as Record<
      'copying' | 'zero',
      { readonly edges: Readonly<Record<string, Share>> }
    >;
    expect(cell).toMatchObject({ lists: 1, ownUs: [10, 20], gapMs: 0.5, seed: 1 });
    for (const { edges } of [cell.copying, cell.zero]) {
      for (const edge of ['coordinator-processor', 'processor-analysis']) {
        expect(edges[edge]).toMatchObject({ delivered: 60 });
      }
    }
  });

  it('zero-copy: prints the guide’s figures first, each cell as it is measured, and the grid', async () => {
    const argv = 'bench zero-copy --own 10 --gaps 0.5 --lists 1,2 --items 40 --seed 1';
    const { code, stdout } = await barometer(argv.split(' '));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^3 replays, about \d+ s, seed 1\.\n/);
    expect(stdout).toMatch(/^guide .*5–15 % -> < 2 % {2}3–8 x .*20–40 % -> < 5 % {2}3–8 x/m);
    const cells = [...stdout.matchAll(/^(\d) {6}(\S+) +0\.5 .*(both|first|second|neither)$/gm)];
    expect(cells.map(([, lists, own]) => [lists, own])).toEqual([
      ['1', '10/20'],
      ['2', '10/20'],
    ]);
    expect(stdout.match(/^(One list|2 lists) a hand-over: factors/gm)).toHaveLength(2);
    expect(stdout.match(/first edge in \d of 1 cells, second in \d, both in \d/g)).toHaveLength(4);
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

  it('threads: judges what was asked for, and says of other cells that it does not', async () => {
    const argv = 'bench threads --utilisations 0.2 --gaps 10,2 --items 20 --seed 1';
    const { code, stdout } = await barometer(argv.split(' '));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 pairs of replays, 20 items each, about \d+ s, seed 1\.\n/);
    expect(stdout).toMatch(/^gap 10 ms {3}0\.2\/0\.2 .* x[\d.]+ x[\d.]+$/m);
    expect(stdout).toMatch(/^gap 2 ms .* not judged$/m);
    expect(stdout).toMatch(/^\(a\) recursion: 2 of 2 within 3 points, worst 0\.0; .*: met$/m);
    expect(stdout).toMatch(/^\(b\) simulated: \d of 2 within 3 points, .*: (met|MISSED)$/m);
    expect(stdout.match(/^ {2}gap \d+ ms: services in threads x/gm)).toHaveLength(2);
  });

  it('threads: with constant services nothing is judged', async () => {
    const argv = 'bench threads --utilisations 0.5 --gaps 10 --service constant --items 20';
    const { code, stdout } = await barometer(argv.split(' '));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^gap 10 ms .* constant services, not judged$/m);
    expect(stdout).not.toMatch(/met|MISSED/);
  });

  it('soak: keeps an eye on memory, and on every item', async () => {
    const argv = 'bench soak --minutes 0.2 --speed 12 --json';
    const { code, stdout } = await barometer(argv.split(' '));
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    const { conservation } = JSON.parse(lines.pop() ?? '') as {
      conservation: { what: string; expected: number; found: number }[];
    };
    for (const { found, expected } of conservation) expect(found).toBe(expected);
    expect(conservation.find(({ what }) => what === 'signals received')?.expected).toBe(1_000);
    expect(lines.length).toBeGreaterThan(0);
    for (const sample of lines) {
      expect(JSON.parse(sample)).toMatchObject({ rss: expect.any(Number) as number });
    }
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
      'barometer: bench speed: there are zero-copy, threads, ring, soak\n',
    ]);
  });
});
