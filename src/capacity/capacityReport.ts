import { busyRange } from '../report/busyMachine';
import { isoTime } from '../report/format';
import { headlineOf } from './headline';
import type { Capacity } from './capacity';
import { written } from './change';
import type { Change } from './change';
import type { RepeatRuns } from './repeatRuns';
import type { Pauses } from './pauses';

/** Where the service times come from. */
export interface CapacitySource {
  /** The run whose recording it is; not given where files were replayed to measure. */
  readonly run?: string;
  readonly files: readonly string[];
  readonly strategies: readonly string[];
}

/** Calls of a strategy that failed. */
export interface FailedCalls {
  readonly strategy: string;
  readonly calls: number;
  readonly failed: number;
  readonly first?: string;
}

/** What `--json` prints: speeds without bound are null, times are ISO. Within schema 1 fields are only ever added. */
export interface CapacityReport extends Omit<
  Capacity,
  'worstWindow' | 'span' | 'warmUp' | 'gains'
> {
  readonly schema: 1;
  readonly answer: string;
  readonly source: CapacitySource;
  readonly passes: number;
  /** Time for which the serving thread waited for a core, over that and its running time; null where it is unknown. */
  readonly runQueueShare: number | null;
  /** Where that is above a fifth: the speeds between which the sustainable one lies. */
  readonly busyMachineRange?: readonly [low: number, high: number];
  /** Of several passes: the slowest and the fastest. */
  readonly sustainableSpeedRange?: readonly [low: number, high: number];
  readonly worstWindow:
    | (Omit<NonNullable<Capacity['worstWindow']>, 'from' | 'to'> & {
        readonly from: string;
        readonly to: string;
      })
    | null;
  readonly span: { readonly from: string; readonly to: string };
  readonly warmUp?: Omit<NonNullable<Capacity['warmUp']>, 'until'> & { readonly until: string };
  /** What was changed, and how fast it would be as it was measured. */
  readonly whatIf?: { readonly changes: readonly string[]; readonly measuredSpeed: number };
  /** What would help most comes first. */
  readonly gains: NonNullable<Capacity['gains']>['ranked'];
  readonly untried: number;
  /** While it was measured; a recording does not know. */
  readonly pauses?: Pauses;
  /** Strategies of which calls failed; absent where none did. */
  readonly errors?: readonly FailedCalls[];
}

export interface CapacityParts {
  readonly source: CapacitySource;
  readonly capacity: Capacity;
  readonly passes?: RepeatRuns;
  readonly changes?: readonly Change[];
  /** Without the changes. */
  readonly measuredSpeed?: number;
  readonly pauses?: Pauses;
  readonly runQueueShare?: number | null;
  readonly errors?: readonly FailedCalls[];
}

/** A pure function of what was computed. */
export function capacityReport(parts: CapacityParts): CapacityReport {
  const { source, passes, changes = [], measuredSpeed, pauses, runQueueShare = null } = parts;
  const { errors = [] } = parts;
  const failing = errors.filter(({ calls, failed }) => calls === failed);
  const { worstWindow, span, warmUp, gains, ...rest } = parts.capacity;
  const sustainableSpeed = passes?.sustainableSpeed ?? rest.sustainableSpeed;
  const range = busyRange(sustainableSpeed, runQueueShare);
  return {
    schema: 1,
    answer: headlineOf(
      { ...parts.capacity, sustainableSpeed },
      {
        busy: range,
        failing: failing.map(({ strategy }) => strategy),
        ...(passes === undefined || passes.count === 1
          ? {}
          : { passes: { count: passes.count, range: passes.sustainableSpeedRange } }),
      },
    ),
    source,
    passes: passes?.count ?? 1,
    ...rest,
    sustainableSpeed,
    runQueueShare,
    ...(range === undefined ? {} : { busyMachineRange: range }),
    ...(passes === undefined || passes.count === 1
      ? {}
      : { sustainableSpeedRange: passes.sustainableSpeedRange }),
    worstWindow:
      worstWindow === undefined
        ? null
        : { ...worstWindow, from: isoTime(worstWindow.from), to: isoTime(worstWindow.to) },
    span: { from: isoTime(span.from), to: isoTime(span.to) },
    ...(warmUp === undefined ? {} : { warmUp: { ...warmUp, until: isoTime(warmUp.until) } }),
    ...(changes.length === 0 || measuredSpeed === undefined
      ? {}
      : { whatIf: { changes: changes.map(written), measuredSpeed } }),
    gains: gains?.ranked ?? [],
    untried: gains?.untried ?? 0,
    ...(pauses === undefined ? {} : { pauses }),
    ...(errors.length === 0 ? {} : { errors }),
  };
}
