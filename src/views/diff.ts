import { COUNTERS } from '../metrics';
import type { MetricDescriptor, Unit } from '../metrics';
import type { Grade, Report, Verdict } from '../report';
import type { RunSetup } from '../journal';
import { setupChanges } from './setupChanges';
import type { SetupChange } from './setupChanges';

/** One counter of two runs. */
export interface DiffRow {
  /** Its id in the table of counters. */
  readonly id: string;
  /** The stage, edge, strategy or symbol; absent where there is only one. */
  readonly of?: string;
  readonly label: string;
  readonly unit: Unit;
  /** 64-bit counts are decimal digits; absent where a run has no such thing. */
  readonly before?: number | string;
  readonly after?: number | string;
  /** `after / before`; absent where that is no number. */
  readonly factor?: number;
}

/** Two runs side by side, as plain JSON. */
export interface Diff {
  readonly schema: 1;
  readonly before: Report['run'];
  readonly after: Report['run'];
  readonly rows: readonly DiffRow[];
  readonly verdicts: { readonly before: string; readonly after: string };
  /** What the runs were asked to do differently, where both journals say it. */
  readonly changes: readonly SetupChange[];
  /** How each edge grades, by its name. */
  readonly grades: Readonly<Record<'before' | 'after', Readonly<Record<string, Grade>>>>;
  /** What has become of the verdict. */
  readonly verdict: Readonly<Record<'before' | 'after', VerdictInBrief>>;
}

/** A verdict's parts that are compared; speeds are absent where they are unknown, null in JSON where any will do. */
type VerdictInBrief = Pick<Verdict, 'culprit' | 'pattern' | 'sustainableSpeed' | 'stableSpeed'>;

/** Every counter of two reports, stage by stage and edge by edge; symbols are left to the reports. */
export function diffOf(
  before: Report,
  after: Report,
  setups: { readonly before?: RunSetup; readonly after?: RunSetup } = {},
): Diff {
  return {
    schema: 1,
    before: before.run,
    after: after.run,
    rows: together(COUNTERS.flatMap((counter) => rowsOf(counter, before, after))),
    verdicts: { before: before.verdict.text, after: after.verdict.text },
    changes: setupChanges(setups.before, setups.after),
    grades: { before: gradesOf(before), after: gradesOf(after) },
    verdict: { before: inBrief(before.verdict), after: inBrief(after.verdict) },
  };
}

const gradesOf = ({ edges }: Report): Record<string, Grade> =>
  Object.fromEntries(Object.entries(edges).map(([name, { grade }]) => [name, grade]));

const inBrief = ({ culprit, pattern, sustainableSpeed, stableSpeed }: Verdict): VerdictInBrief => ({
  culprit,
  ...(pattern === undefined ? {} : { pattern }),
  ...(sustainableSpeed === undefined ? {} : { sustainableSpeed }),
  ...(stableSpeed === undefined ? {} : { stableSpeed }),
});

/** The counters of one thing stand together, in the order of the table. */
function together(rows: readonly DiffRow[]): DiffRow[] {
  const groups = new Map<string, DiffRow[]>();
  for (const row of rows) {
    const thing = row.of === undefined ? '' : `${row.id.split('.')[0] ?? ''} ${row.of}`;
    const group = groups.get(thing);
    if (group === undefined) groups.set(thing, [row]);
    else group.push(row);
  }
  return [...groups.values()].flat();
}

type Values = Readonly<Record<string, unknown>>;

/** The parts of a report that a counter's first name stands for, each under the name of what it is about. */
function partsOf(report: Report, part: string): Readonly<Record<string, Values>> {
  const parts: Readonly<Record<string, Readonly<Record<string, object>>>> = {
    run: { '': report.run },
    bars: { '': report.bars },
    signals: { '': { signals: report.signals } },
    stage: report.stages,
    edge: report.edges,
    strategy: report.stages.analysis.strategies,
  };
  return (parts[part] ?? {}) as Readonly<Record<string, Values>>;
}

function rowsOf(counter: MetricDescriptor, before: Report, after: Report): DiffRow[] {
  const [part = '', name = part] = counter.id.split('.');
  const [left, right] = [partsOf(before, part), partsOf(after, part)];
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].flatMap((of) => {
    const [a, b] = [numberIn(left[of]?.[name]), numberIn(right[of]?.[name])];
    if (a === undefined && b === undefined) return [];
    const factor = Number(b) / Number(a);
    const { id, label, unit } = counter;
    return [
      {
        id,
        ...(of === '' ? {} : { of }),
        label,
        unit,
        ...(a === undefined ? {} : { before: a }),
        ...(b === undefined ? {} : { after: b }),
        ...(Number.isFinite(factor) ? { factor } : {}),
      },
    ];
  });
}

const numberIn = (value: unknown): number | string | undefined =>
  typeof value === 'number' || typeof value === 'string' ? value : undefined;
