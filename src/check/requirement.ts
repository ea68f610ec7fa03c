import { decimalOf } from '../decimal';
import { METRICS } from './metrics';
import type { Metric, Unit } from './metrics';
import { RequirementError } from './requirementError';

const OPERATORS = {
  '>=': (value: number, limit: number) => value >= limit,
  '>': (value: number, limit: number) => value > limit,
  '<=': (value: number, limit: number) => value <= limit,
  '<': (value: number, limit: number) => value < limit,
  '=': (value: number, limit: number) => value === limit,
  '!=': (value: number, limit: number) => value !== limit,
} as const;

type Operator = keyof typeof OPERATORS;

/** One line of what a run has to be. */
export interface Requirement {
  /** As it was written, spaces apart. */
  readonly text: string;
  readonly metric: string;
  /** The edge, stage or strategy; absent: all of them. */
  readonly of?: string;
  readonly operator: Operator;
  /** In the metric's own unit: shares from 0 to 1, times in milliseconds. */
  readonly limit: number;
}

export const holds = ({ operator, limit }: Requirement, value: number): boolean =>
  OPERATORS[operator](value, limit);

/** The factor of each unit that a limit may be written in. */
const UNITS: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  speed: { '': 1, '×': 1, x: 1 },
  share: { '%': 0.01 },
  ms: { us: 0.001, ms: 1, s: 1_000 },
  count: { '': 1 },
};

const EXAMPLES: Readonly<Record<Unit, string>> = {
  speed: '10 or 10x',
  share: '5%',
  ms: '20ms or 1.5s',
  count: '0',
};

/** `sustainable-speed >= 10`, `behind(processor-analysis) < 5%`; throws a `RequirementError`. */
export function parseRequirement(written: string): Requirement {
  const text = written.trim().replace(/\s+/g, ' ');
  const match = /^([a-z0-9-]+) ?(?:\( ?(.*[^ ]) ?\))? ?(>=|<=|==|!=|=|<|>) ?(.+)$/.exec(text);
  if (match === null) {
    throw new RequirementError(
      `${text}: is no requirement; write one such as 'sustainable-speed >= 10' or 'behind(processor-analysis) < 5%'`,
    );
  }
  const [, name = '', of, sign = '', limit = ''] = match;
  const metric = Object.hasOwn(METRICS, name) ? METRICS[name] : undefined;
  if (metric === undefined) {
    const all = Object.keys(METRICS).join(', ');
    throw new RequirementError(`${text}: there is no metric "${name}"; there are ${all}`);
  }
  if (of !== undefined && metric.scope === undefined) {
    throw new RequirementError(`${text}: ${name} is of the whole run; leave out (${of})`);
  }
  return {
    text,
    metric: name,
    ...(of !== undefined && { of }),
    operator: (sign === '==' ? '=' : sign) as Operator,
    limit: limitOf(text, metric, limit),
  };
}

function limitOf(text: string, { unit }: Metric, limit: string): number {
  const [, digits = '', ending = ''] = /^(.*?[\d.]) ?([a-z×%]*)$/i.exec(limit) ?? [];
  const factor = Object.hasOwn(UNITS[unit], ending) ? UNITS[unit][ending] : undefined;
  const value = decimalOf(digits);
  if (factor === undefined || Number.isNaN(value)) {
    throw new RequirementError(
      `${text}: "${limit}" is no limit of it; write one such as ${EXAMPLES[unit]}`,
    );
  }
  // 7 times 0.01 is not 0.07.
  return unit === 'share' ? value / 100 : value * factor;
}
