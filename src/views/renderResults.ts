import type { ResultRow } from '../cluster';
import { grouped, percent } from '../report/format';
import { terminalSafe } from '../report/terminalText';

const HEAD = [
  'part',
  'strategies',
  'sustainable',
  'stable',
  'behind',
  'grade',
  'signals',
  'errors',
];

const speed = (limit: number | null): string =>
  limit === null ? 'any speed' : `${grouped(Number(limit.toPrecision(3)))}×`;

/** The tasks of a sweep, one a line. */
export function renderResults(rows: readonly ResultRow[]): string {
  const lines = [HEAD, ...terminalSafe(rows).map(cellsOf)];
  const widths = HEAD.map((_, column) =>
    lines.reduce((most, line) => Math.max(most, line[column]?.length ?? 0), 0),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const cellsOf = (row: ResultRow): string[] => [
  row.part,
  row.strategies.join(' ') || '-',
  speed(row.sustainableSpeed),
  speed(row.stableSpeed),
  percent(row.behindShare),
  row.grade,
  grouped(row.signals),
  grouped(row.errors),
];
