import { largestOf, smallestOf } from '../../operators/kernel/extremes';
import type { Report } from '../report';
import { METRICS, scopesOf } from './metrics';
import type { Metric } from './metrics';
import { holds } from './requirement';
import type { Requirement } from './requirement';
import { RequirementError } from './requirementError';
import { valueText } from './valueText';

/** What became of one requirement. */
export interface Judgement {
  readonly requirement: string;
  readonly passed: boolean;
  /** In the unit of the metric: shares from 0 to 1, times in milliseconds; null: any speed. Absent: the run does not say it. */
  readonly value?: number | null;
  /** Of each pass, where there are several: `value` is their median. */
  readonly passes?: readonly (number | null)[];
  /** What the baseline has. */
  readonly baseline?: number | null;
  /** One sentence. */
  readonly text: string;
}

export interface Baseline {
  /** What it is called in messages. */
  readonly name: string;
  readonly report: Report;
  /** By what share a value may be worse than it was. */
  readonly allowed: number;
}

/** What is compared with a baseline, no matter what is required. */
const COMPARED = ['sustainable-speed', 'errors'];

/** Throws a `RequirementError` where an edge, stage or strategy is named that the run does not have. */
export function checkScopes(requirements: readonly Requirement[], report: Report): void {
  for (const { text, metric, of } of requirements) {
    const names = scopesOf(METRICS[metric] as Metric, report);
    if (of === undefined || names.includes(of)) continue;
    const known = names.length === 0 ? 'there is none' : `there are ${names.join(', ')}`;
    const { scope = '' } = METRICS[metric] as Metric;
    throw new RequirementError(`${text}: there is no ${scope} "${of}"; ${known}`);
  }
}

/** One judgement for each requirement, then one for each value that is compared with the baseline. */
export function judge(
  requirements: readonly Requirement[],
  reports: readonly Report[],
  baseline?: Baseline,
): Judgement[] {
  const required = requirements.map((requirement) => judged(requirement, reports));
  if (baseline === undefined) return required;
  const named = requirements.map(({ metric, of }) => ({ metric, of }));
  const both = [...COMPARED.map((metric) => ({ metric, of: undefined })), ...named];
  const keys = new Map(both.map((one) => [nameOf(one), one]));
  const compared = [...keys.values()].flatMap((one) => regression(one, reports, baseline) ?? []);
  return [...required, ...compared];
}

function judged(requirement: Requirement, reports: readonly Report[]): Judgement {
  const { text, metric } = requirement;
  const { value, passes } = valuesOf(requirement, reports);
  const found = value === undefined ? 'the run does not say' : `is ${textOf(metric, value)}`;
  return {
    requirement: text,
    passed: value !== undefined && holds(requirement, value),
    ...(value !== undefined && { value: finite(value) }),
    ...(passes !== undefined && { passes: passes.map(finite) }),
    text: `${text}: ${found}${spreadOf(metric, passes)}`,
  };
}

/** Nothing where neither direction is a regression, or the baseline does not say. */
function regression(
  of: Named,
  reports: readonly Report[],
  { name, report, allowed }: Baseline,
): Judgement | undefined {
  const { better } = METRICS[of.metric] as Metric;
  const { value: before } = valuesOf(of, [report]);
  if (better === undefined || before === undefined) return undefined;
  const limit = before * (better === 'more' ? 1 - allowed : 1 + allowed);
  const requirement: Requirement = {
    text: `${nameOf(of)} ${better === 'more' ? '>=' : '<='} ${textOf(of.metric, limit)} (${name}: ${textOf(of.metric, before)})`,
    metric: of.metric,
    ...(of.of !== undefined && { of: of.of }),
    operator: better === 'more' ? '>=' : '<=',
    limit,
  };
  return { ...judged(requirement, reports), baseline: finite(before) };
}

interface Named {
  readonly metric: string;
  readonly of?: string | undefined;
}

const nameOf = ({ metric, of }: Named): string => (of === undefined ? metric : `${metric}(${of})`);
const finite = (value: number): number | null => (value === Infinity ? null : value);
const textOf = (metric: string, value: number): string =>
  valueText((METRICS[metric] as Metric).unit, value);

/** The median, and where there are several passes, what each of them says. */
function valuesOf(
  { metric, of }: Named,
  reports: readonly Report[],
): { value?: number; passes?: readonly number[] } {
  const values = reports.flatMap((report) => (METRICS[metric] as Metric).read(report, of) ?? []);
  // A pass that does not say it leaves nothing to take the median of.
  if (values.length < reports.length || values.length === 0) return {};
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const low = sorted[Math.floor(middle)] as number;
  const high = sorted[Math.ceil(middle)] as number;
  const value = low === high ? low : (low + high) / 2;
  return { value, ...(values.length > 1 && { passes: values }) };
}

function spreadOf(metric: string, passes: readonly number[] | undefined): string {
  if (passes === undefined) return '';
  const least = smallestOf(passes);
  const most = largestOf(passes);
  return `, the median of ${passes.length} passes (${textOf(metric, least)} to ${textOf(metric, most)})`;
}
