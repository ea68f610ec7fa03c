import { grouped, percent } from '../report/format';
import { speedUpTo } from '../report/speedText';
import { terminalSafe } from '../report/terminalText';
import { alignedTable } from './alignedTable';
import type { RunEntry } from './runs';

const HEAD = [
  'run',
  'state',
  'started',
  'mode',
  'strategies',
  'verdict',
  'sustainable',
  'label',
  'files',
];

/** The list of runs, the latest one last, for people. */
export const renderRuns = (runs: readonly RunEntry[]): string =>
  alignedTable([HEAD, ...terminalSafe(runs).map(cellsOf)]);

function cellsOf(run: RunEntry): string[] {
  if (run.problem !== undefined) {
    return [run.id, run.state, ...HEAD.slice(3).map(() => '-'), run.problem];
  }
  const pace = run.mode === 'clock' ? `clock ×${grouped(run.speed ?? 1)}` : 'data';
  return [
    run.id,
    stateOf(run),
    run.startedAt?.replace(/\.\d+Z$/, 'Z') ?? '-',
    `${pace} ${run.time ?? ''}`,
    run.strategies?.join(' ') || '-',
    verdictOf(run),
    speedOf(run),
    [run.label, run.isBaseline === true ? '[baseline]' : undefined]
      .filter((text) => text !== undefined)
      .join(' ') || '-',
    shortened(run.files ?? []),
  ];
}

/** What was read of the input, where that is not all of it. */
function stateOf({ state, progress }: RunEntry): string {
  return progress === undefined || progress === 1 ? state : `${state} at ${percent(progress)}`;
}

function verdictOf({ verdict }: RunEntry): string {
  if (verdict === undefined) return '-';
  return [verdict.culprit, verdict.pattern, ...verdict.modifiers]
    .filter((text) => text !== undefined)
    .join(', ');
}

const speedOf = ({ sustainableSpeed: speed }: RunEntry): string =>
  speed === undefined ? '-' : speedUpTo(speed ?? Infinity);

const shortened = (files: readonly string[]): string =>
  `${files[0] ?? ''}${files.length > 1 ? ` and ${files.length - 1} more` : ''}`;
