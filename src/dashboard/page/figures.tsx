import { duration, grouped, percent } from './format';
import type { Grade } from './flow';

interface FigureProps {
  /** Where the report has it; absent for what is computed here. */
  readonly path?: readonly string[];
  readonly value: string | number;
  readonly as: 'count' | 'share' | 'ms';
}

const TEXTS = {
  count: (value: string | number) => grouped(value),
  share: (value: string | number) => percent(Number(value)),
  ms: (value: string | number) => duration(Number(value)),
};

/** A figure: its text for people, its exact value for programs. */
export const Figure = ({ path, value, as }: FigureProps) => (
  <data
    value={String(value)}
    {...(path === undefined ? {} : { 'data-path': JSON.stringify(path), 'data-as': as })}
  >
    {TEXTS[as](value)}
  </data>
);

/** A grade by color and word. */
export const GradeMark = ({ grade }: { readonly grade: Grade }) => (
  <span class={`grade ${grade === 'n/a' ? 'none' : grade}`}>{grade}</span>
);

interface Bar {
  readonly busyShare: number;
  readonly blockedShare: number;
  readonly idleShare: number;
}

/** How a stage spent its time, as a bar of three parts. */
export function TimeBar({ busyShare, blockedShare, idleShare }: Bar) {
  const label = `busy ${percent(busyShare)}, blocked ${percent(blockedShare)}, idle ${percent(idleShare)}`;
  return (
    <div class="bar" role="img" aria-label={label}>
      <span class="busy" style={{ width: `${busyShare * 100}%` }} />
      <span class="blocked" style={{ width: `${blockedShare * 100}%` }} />
    </div>
  );
}
