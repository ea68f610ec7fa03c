import type { Machine } from './machine';
import type { Rounds } from './rounds';
import { median, spreadOf } from './statistics';
import type { Spread } from './statistics';
import type { Figure, Measured, Row, Table } from './table';

export interface RowSummary {
  readonly row: string;
  readonly title: string;
  /** By the figure's title, over the rounds. */
  readonly figures: Readonly<Record<string, Spread>>;
  /** How many times as fast as another row, by that row's name: the ratio of each round, then their median and spread. */
  readonly speedBeside: Readonly<Record<string, Spread>>;
}

export interface TargetSummary {
  readonly row: string;
  readonly beside: string;
  readonly atLeast: number;
  readonly measured: number;
  readonly met: boolean;
}

/** A table as it was measured; `bench/results/*.json`. */
export interface Summary {
  readonly table: string;
  readonly title: string;
  readonly input: string;
  readonly date: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly size: number;
  /** The figure that speeds are compared by. */
  readonly comparedBy: string;
  readonly rows: readonly RowSummary[];
  readonly targets: readonly TargetSummary[];
}

/** @param by the figure that ratios are taken of: less is faster */
export function summarise(table: Table, measured: Rounds, machine: Machine, by: Figure): Summary {
  const { values, size, rounds } = measured;
  const valuesOf = (name: string): readonly Measured[] | undefined =>
    [...values].find(([row]) => row.name === name)?.[1];
  const speeds = (row: readonly Measured[], beside: readonly Measured[]): number[] =>
    row.map((value, round) => by.of(beside[round] as Measured) / by.of(value));

  const rowOf = (row: Row, found: readonly Measured[]): RowSummary => ({
    row: row.name,
    title: row.title,
    figures: Object.fromEntries(
      table.figures.map(({ title, of }) => [title, spreadOf(found.map(of))]),
    ),
    speedBeside: Object.fromEntries(
      table.beside.flatMap((name) => {
        const beside = valuesOf(name);
        return beside === undefined ? [] : [[name, spreadOf(speeds(found, beside))]];
      }),
    ),
  });
  const targets = (table.targets ?? []).flatMap(({ row, beside, atLeast }) => {
    const [own, other] = [valuesOf(row), valuesOf(beside)];
    if (own === undefined || other === undefined) return [];
    const ratio = median(speeds(own, other));
    return [{ row, beside, atLeast, measured: ratio, met: ratio >= atLeast }];
  });
  return {
    table: table.name,
    title: table.title,
    input: table.input(size),
    date: new Date().toISOString(),
    machine,
    rounds,
    size,
    comparedBy: by.title,
    rows: [...values].map(([row, found]) => rowOf(row, found)),
    targets,
  };
}
