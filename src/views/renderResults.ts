import type { ResultRow } from '../cluster';
import type { MemberRow } from '../cluster/group';
import { grouped, percent } from '../report/format';
import { terminalSafe } from '../report/terminalText';
import { alignedTable } from './alignedTable';

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

/** Runs that are shown as one, one a line. */
export const renderMembers = (rows: readonly MemberRow[]): string =>
  alignedTable([
    ['state', ...HEAD],
    ...terminalSafe(rows).map((row) => [row.status, ...cellsOf(row)]),
  ]);

/** The tasks of a sweep, one a line. */
export const renderResults = (rows: readonly ResultRow[]): string =>
  alignedTable([HEAD, ...terminalSafe(rows).map(cellsOf)]);

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
