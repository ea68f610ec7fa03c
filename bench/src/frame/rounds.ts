import { isDeepStrictEqual } from 'node:util';
import { spawnRow } from './spawn';
import type { Measured, Row, Table } from './table';

export interface Rounds {
  readonly size: number;
  readonly seed: number;
  readonly rounds: number;
  /** Measured values by row, one a round. */
  readonly values: ReadonlyMap<Row, readonly Measured[]>;
}

/** Runs every row on the smallest input, here and untimed, and compares what they found, bar by bar. */
export async function check(table: Table, rows: readonly Row[]): Promise<void> {
  const outcomes: [Row, unknown][] = [];
  for (const row of rows) {
    const work = await row.prepare({ size: table.sizes.smoke, seed: 1, checking: true });
    outcomes.push([row, (await work()).same]);
  }
  compare(outcomes);
}

interface RoundsOptions {
  readonly size: number;
  readonly rounds: number;
  readonly warmUp: number;
  readonly seed: number;
  readonly progress: (done: number, of: number) => void;
}

/** Row after row, round after round; each round begins with another row. */
export async function alternate(
  table: Table,
  rows: readonly Row[],
  { size, rounds, warmUp, seed, progress }: RoundsOptions,
): Promise<Rounds> {
  const values = new Map<Row, Measured[]>(rows.map((row) => [row, []]));
  const setting = { size, seed, checking: false };
  for (let round = 0; round < rounds; round += 1) {
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[(i + round) % rows.length] as Row;
      const order = { table: table.name, row: row.name, setting, warmUp };
      (values.get(row) as Measured[]).push(await spawnRow(order));
      progress(round * rows.length + i + 1, rounds * rows.length);
    }
    compare(rows.map((row) => [row, (values.get(row) as Measured[]).at(-1)?.same]));
  }
  return { size, seed, rounds, values };
}

function compare(outcomes: readonly (readonly [Row, unknown])[]): void {
  const compared = outcomes.filter(([row]) => row.compared !== false);
  const [first, ...others] = compared;
  for (const [row, same] of others) {
    if (first === undefined || isDeepStrictEqual(same, first[1])) continue;
    throw new Error(
      `"${row.title}" and "${first[0].title}" did not find the same:\n` +
        `${JSON.stringify(same)}\n${JSON.stringify(first[1])}`,
    );
  }
}
