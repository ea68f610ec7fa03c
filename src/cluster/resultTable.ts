import { buildReport } from '../report';
import type { Grade } from '../report';
import type { TaskResult } from './results';

/** What a user compares tasks by. */
export interface ResultRow {
  readonly task: string;
  readonly part: string;
  readonly strategies: readonly string[];
  /** Null where no limit was found. */
  readonly sustainableSpeed: number | null;
  readonly stableSpeed: number | null;
  /** A 64-bit count in decimal digits. */
  readonly signals: string;
  /** *Behind* events over clock-driven deliveries, of the edge where that is most. */
  readonly behindShare: number;
  /** Of the worse edge. */
  readonly grade: Grade;
  readonly errors: string;
}

export type SortKey = 'sustainable-speed' | 'signals' | 'behind';
export const SORT_KEYS: readonly SortKey[] = ['sustainable-speed', 'signals', 'behind'];

export function rowOf({ id, part, strategies, state }: TaskResult): ResultRow {
  const { verdict, edges, signals } = buildReport(state);
  const worst = Object.values(edges).reduce((one, other) =>
    other.behindShare > one.behindShare ? other : one,
  );
  const errors = Object.values(state.strategies).reduce((sum, one) => sum + one.errors, 0n);
  return {
    task: id,
    part,
    strategies,
    sustainableSpeed: verdict.sustainableSpeed ?? null,
    stableSpeed: verdict.stableSpeed ?? null,
    signals,
    behindShare: worst.behindShare,
    grade: worst.grade,
    errors: errors.toString(),
  };
}

/** Most first; of shares behind, least first. */
export function sorted<R extends ResultRow>(rows: readonly R[], key: SortKey): readonly R[] {
  const weight = ({ sustainableSpeed, signals, behindShare }: ResultRow): number => {
    if (key === 'signals') return -Number(signals);
    if (key === 'behind') return behindShare;
    return -(sustainableSpeed ?? Infinity);
  };
  return [...rows].sort((a, b) => weight(a) - weight(b) || (a.task < b.task ? -1 : 1));
}
