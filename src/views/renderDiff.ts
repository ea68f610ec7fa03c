import { largestOf } from '../../operators/kernel/extremes';
import { grouped, milliseconds, percent, times } from '../report/format';
import { speedUpTo } from '../report/speedText';
import { paintWith } from '../report/paint';
import { terminalSafe } from '../report/terminalText';
import type { Diff, DiffRow } from './diff';
import { modeText } from './texts';
import type { ViewOptions } from './renderStatus';

/** Two runs side by side, and by what factor the second differs, for people. */
export function renderDiff(found: Diff, { color = false }: ViewOptions = {}): string {
  const paint = paintWith(color);
  const diff = terminalSafe(found);
  const table = diff.rows.map((row) => [
    nameOf(row),
    shown(row, row.before),
    shown(row, row.after),
    factorText(row),
  ]);
  const head = ['', diff.before.id, diff.after.id, 'factor'];
  const widths = head.map((title, column) =>
    largestOf([title.length, ...table.map((cells) => (cells[column] ?? '').length)]),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [
    `before: ${headOf(diff.before)}`,
    `after:  ${headOf(diff.after)}`,
    '',
    paint.heading(line(head)),
    ...table.map(line),
    '',
    ...changeLines(diff),
    `verdict before: ${diff.verdicts.before}`,
    `verdict after:  ${diff.verdicts.after}`,
  ].join('\n');
}

const headOf = (run: Diff['before']): string =>
  [
    run.id,
    modeText(run),
    run.files.join(', '),
    ...(run.outcome === undefined || run.outcome === 'running' ? [] : [run.outcome]),
  ].join(', ');

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

/** Who, why and how fast, before and after. */
function changeLines({ verdict: { before, after } }: Diff): string[] {
  const name = ({ culprit, pattern }: typeof before): string =>
    pattern === undefined ? culprit : `${culprit}, ${pattern}`;
  const speed = (value: number | undefined): string =>
    value === undefined ? 'unknown' : speedUpTo(value);
  return [
    `culprit:           ${name(before)} → ${name(after)}`,
    `sustainable speed: ${speed(before.sustainableSpeed)} → ${speed(after.sustainableSpeed)}`,
    `stable speed:      ${speed(before.stableSpeed)} → ${speed(after.stableSpeed)}`,
  ];
}
