import { grouped, percent } from '../report/format';
import { terminalSafe } from '../report/terminalText';
import { alignedTable } from './alignedTable';
import type { RunEntry } from './runs';

const HEAD = ['run', 'state', 'started', 'mode', 'events', 'input read', 'files'];

/** The list of runs, the latest one last, for people. */
export const renderRuns = (runs: readonly RunEntry[]): string =>
  alignedTable([HEAD, ...terminalSafe(runs).map(cellsOf)]);

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
