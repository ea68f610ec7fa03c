import type { Spread } from './statistics';
import type { Summary } from './summary';
import type { Table } from './table';

/** The table as text, in Markdown, so that it can be shown as it is. */
export function render(table: Table, summary: Summary): string {
  const { machine, rows, targets, conclusions, rounds, comparedBy, seed } = summary;
  const present = (names: readonly string[] = []): readonly string[] =>
    names.filter((name) => rows.some(({ row }) => row === name));
  const titleOf = (name: string): string => rows.find(({ row }) => row === name)?.title ?? name;
  const beside = present(table.beside);
  const differences = present(table.differences);
  const header = [
    'row',
    ...table.figures.map(({ title }) => title),
    ...beside.map((name) => `speed ÷ ${titleOf(name)}`),
    ...differences.map((name) => `more than ${titleOf(name)}`),
  ];
  const lines = rows.map(({ title, figures, speedBeside, difference }) => [
    title,
    ...table.figures.map(({ title, digits = 0 }) => spread(figures[title], digits)),
    ...beside.map((name) => spread(speedBeside[name], 2)),
    ...differences.map((name) => spread(difference[name], 1)),
  ]);
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  const rounded = rounds === 1 ? '1 round' : `${rounds} rounds; median (least – most)`;
  const compared =
    beside.length + differences.length === 0 ? '' : `; compared by ${comparedBy}, round by round`;
  return [
    `## ${summary.title}`,
    '',
    `${summary.input}; ${rounded}${seed === undefined ? '' : `; seed ${seed}`}${compared}.`,
    `${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB, ${machine.system}, load ${machine.load} before; Node ${machine.node}, ${versions.join(', ')}; ${summary.date.slice(0, 16)}Z`,
    '',
    ...grid([header, ...lines]),
    ...(targets.length + conclusions.length === 0 ? [] : ['']),
    ...targets.map(
      ({ row, asked, measured, met }) =>
        `- ${met ? 'met' : '**missed**'}: ${titleOf(row)}: ${measured.toFixed(2)}, required ${asked}`,
    ),
    ...conclusions.map((line) => `- ${line}`),
  ].join('\n');
}

function spread(value: Spread | undefined, digits: number): string {
  if (value === undefined || Number.isNaN(value.median)) return '';
  const [median, min, max] = [value.median, value.min, value.max].map((n) => n.toFixed(digits));
  return min === max ? `${median}` : `${median} (${min} – ${max})`;
}

/** A Markdown table whose columns stand one below the other. */
function grid(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((l) => (l[i] ?? '').length)));
  const show = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const [header, ...rest] = lines;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(Math.max(0, width - 1))}:`)).join(' | ')} |`;
  return [show(header ?? []), rule, ...rest.map(show)];
}
