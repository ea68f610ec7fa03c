import { largestOf } from '../../operators/kernel/extremes';
import { counted, grouped, milliseconds, percent, times } from '../report/format';
import { speedUpTo } from '../report/speedText';
import { paintWith } from '../report/paint';
import { terminalSafe } from '../report/terminalText';
import type { Diff, DiffRow } from './diff';
import { sideBySide } from './sideBySide';
import type { SideRow } from './sideBySide';
import { modeText } from './texts';
import type { ViewOptions } from './renderStatus';

export interface DiffOptions extends ViewOptions {
  /** Shows counters that are the same too. Default: only those that changed. */
  readonly all?: boolean;
}

/**
 * Two runs side by side, for people: how they were made, the verdicts, then the counters that changed
 * and by what factor.
 */
export function renderDiff(
  found: Diff,
  { color = false, width = 100, all = false }: DiffOptions = {},
): string {
  const paint = paintWith(color);
  const diff = terminalSafe(found);
  const changed = diff.rows.filter((row) => !isSame(row));
  const same = diff.rows.filter(isSame);
  const listed = all ? [...changed, ...same] : changed;
  const [head = '', ...rows] = tableOf(diff, listed);
  const rest =
    all || same.length === 0 ? [] : [`${counted(same.length, 'counter')} did not change (--all)`];
  return [
    ...sideBySide(sidesOf(diff), width).map((line, i) => (i === 0 ? paint.heading(line) : line)),
    '',
    ...(listed.length === 0 ? [] : [paint.heading(head), ...rows]),
    ...rest.map(paint.note),
  ].join('\n');
}

const isSame = ({ before, after }: DiffRow): boolean =>
  before !== undefined && after !== undefined && Number(before) === Number(after);

/** Counters line up under the names of the runs. */
function tableOf(diff: Diff, rows: readonly DiffRow[]): string[] {
  const head = ['', diff.before.id, diff.after.id, 'factor'];
  const table = rows.map((row) => [
    nameOf(row),
    shown(row, row.before),
    shown(row, row.after),
    factorText(row),
  ]);
  const widths = head.map((title, column) =>
    largestOf([title.length, ...table.map((cells) => (cells[column] ?? '').length)]),
  );
  return [head, ...table].map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

function sidesOf({ before, after, changes, grades, verdict, verdicts }: Diff): SideRow[] {
  const row = <T>(name: string, of: (run: T) => string, one: T, other: T): SideRow[] =>
    of(one) === '' && of(other) === '' ? [] : [[name, of(one), of(other)]];
  const speed = (value: number | undefined): string =>
    value === undefined ? 'unknown' : speedUpTo(value);
  const edges = new Set([...Object.keys(grades.before), ...Object.keys(grades.after)]);
  return [
    ['', before.id, after.id],
    ...row('', modeText, before, after),
    ...row('', ({ files }) => files.join(', '), before, after),
    ...row('', ({ outcome = '' }) => (outcome === 'running' ? '' : outcome), before, after),
    ...changes.map(({ name, before: a = '-', after: b = '-' }): SideRow => [name, a, b]),
    ...row('culprit', ({ culprit }) => culprit, verdict.before, verdict.after),
    ...row('pattern', ({ pattern = '-' }) => pattern, verdict.before, verdict.after),
    ...row('sustainable speed', (of) => speed(of.sustainableSpeed), verdict.before, verdict.after),
    ...row('stable speed', (of) => speed(of.stableSpeed), verdict.before, verdict.after),
    ...[...edges].map((edge): SideRow => [
      edge,
      grades.before[edge] ?? '-',
      grades.after[edge] ?? '-',
    ]),
    ['verdict', verdicts.before, verdicts.after],
  ];
}

const nameOf = ({ of, label }: DiffRow): string => (of === undefined ? label : `${of}: ${label}`);

function shown({ unit }: DiffRow, value: number | string | undefined): string {
  if (value === undefined) return '-';
  if (unit === 'share') return percent(Number(value));
  if (unit === 'milliseconds') return milliseconds(Number(value));
  if (unit === 'seconds') return `${Number(value).toFixed(2)} s`;
  return grouped(value);
}

/** As people say it: three times fewer, twice as much. */
function factorText({ before, after, factor }: DiffRow): string {
  if (before === undefined || after === undefined) return '-';
  if (Number(before) === Number(after)) return 'same';
  if (factor === undefined || factor === 0) return Number(after) === 0 ? 'gone' : 'new';
  return factor < 1 ? `${times(1 / factor)} less` : `${times(factor)} more`;
}
