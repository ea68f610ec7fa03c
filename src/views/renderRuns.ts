import { grouped, percent } from '../report/format';
import { terminalSafe } from '../report/terminalText';
import type { RunEntry } from './runs';

/** The list of runs, the latest one last, for people. */
export function renderRuns(runs: readonly RunEntry[]): string {
  const head = ['run', 'state', 'started', 'mode', 'events', 'input read', 'files'];
  const rows = [head, ...terminalSafe(runs).map(cellsOf)];
  const widths = head.map((_, column) =>
    rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf(run: RunEntry): string[] {
  if (run.problem !== undefined) return [run.id, run.state, '-', '-', '-', '-', run.problem];
  const pace = run.mode === 'clock' ? `clock ×${grouped(run.speed ?? 1)}` : 'data';
  const progress = run.progress === undefined ? '-' : percent(run.progress);
  const files = run.files ?? [];
  const others = files.length > 1 ? ` and ${files.length - 1} more` : '';
  return [
    run.id,
    run.state,
    run.startedAt ?? '-',
    `${pace} ${run.time ?? ''}`,
    grouped(run.events ?? '0'),
    progress,
    `${files[0] ?? ''}${others}`,
  ];
}
