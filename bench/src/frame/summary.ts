import type { Machine } from './machine';
import type { Rounds } from './rounds';
import { median, spreadOf } from './statistics';
import type { Spread } from './statistics';
import type { Figure, Measured, Table } from './table';

export interface RowSummary {
  readonly row: string;
  readonly title: string;
  /** By the figure's title, over the rounds. */
  readonly figures: Readonly<Record<string, Spread>>;
  /** How many times as fast as another row, by that row's name: the ratio of each round, then their median and spread. */
  readonly speedBeside: Readonly<Record<string, Spread>>;
  /** The figure less another row's, by that row's name: of each round, then their median and spread. */
  readonly difference: Readonly<Record<string, Spread>>;
}

export interface TargetSummary {
  readonly row: string;
  /** What was asked for, and what was measured, in words. */
  readonly asked: string;
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
  readonly seed?: number;
  /** The figure that speeds are compared by. */
  readonly comparedBy: string;
  readonly rows: readonly RowSummary[];
  readonly targets: readonly TargetSummary[];
  readonly conclusions: readonly string[];
}

/** @param by the figure that ratios are taken of: less is faster */
export function summarise(table: Table, measured: Rounds, machine: Machine, by: Figure): Summary {
  const { values, size, seed, rounds } = measured;
  const valuesOf = (name: string): readonly Measured[] | undefined =>
    [...values].find(([row]) => row.name === name)?.[1];
  const paired = (
    own: readonly Measured[],
    other: readonly Measured[],
    compare: (own: number, other: number) => number,
  ): number[] => own.map((value, i) => compare(by.of(value), by.of(other[i] as Measured)));
  const speed = (own: number, other: number): number => other / own;
  const less = (own: number, other: number): number => own - other;
  const besides = (
    names: readonly string[],
    own: readonly Measured[],
    compare: (own: number, other: number) => number,
  ): Readonly<Record<string, Spread>> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const other = valuesOf(name);
        return other === undefined ? [] : [[name, spreadOf(paired(own, other, compare))]];
      }),
    );

  const rows = [...values].map(([{ name, title }, found]): RowSummary => ({
    row: name,
    title,
    figures: Object.fromEntries(
      table.figures.map((one) => [one.title, spreadOf(found.map(one.of))]),
    ),
    speedBeside: besides(table.beside ?? [], found, speed),
    difference: besides(table.differences ?? [], found, less),
  }));
  const titleOf = (name: string): string => rows.find(({ row }) => row === name)?.title ?? name;
  const targets = (table.targets ?? []).flatMap((target): TargetSummary[] => {
    const { row } = target;
    const own = valuesOf(row);
    const other = 'beside' in target ? valuesOf(target.beside) : own;
    if (own === undefined || other === undefined) return [];
    if ('atLeast' in target) {
      const measured = median(paired(own, other, speed));
      const asked = `at least ${target.atLeast} × ${titleOf(target.beside)}`;
      return [{ row, asked, measured, met: measured >= target.atLeast }];
    }
    if ('within' in target) {
      const measured = median(paired(own, other, less));
      const asked = `at most ${target.within} ${by.title} more than ${titleOf(target.beside)}`;
      return [{ row, asked, measured, met: measured <= target.within }];
    }
    const measured = median(own.map(by.of));
    return [
      {
        row,
        asked: `at most ${target.atMost} ${by.title}`,
        measured,
        met: measured <= target.atMost,
      },
    ];
  });
  const figureOf = (name: string, figure: string): number | undefined =>
    rows.find(({ row }) => row === name)?.figures[figure]?.median;
  return {
    table: table.name,
    title: table.title,
    input: table.input(size),
    date: new Date().toISOString(),
    machine,
    rounds,
    size,
    ...(table.isSeeded === true ? { seed } : {}),
    comparedBy: by.title,
    rows,
    targets,
    conclusions: table.conclude?.(figureOf, size) ?? [],
  };
}
