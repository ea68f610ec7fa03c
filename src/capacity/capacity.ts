import { BarometerError } from '../../operators/errors';
import type { Micros } from '../../streams';
import type { Timings } from '../journal';
import type { Change } from './change';
import { pointAt, speedsAround } from './curve';
import type { CurvePoint } from './curve';
import { partsRange } from './partsRange';
import { restoreDropped } from './restoreDropped';
import { sensitivitiesOf } from './sensitivity';
import type { Sensitivities } from './sensitivity';
import { criticalSpeedsOf, sustainableSpeedOf } from './sustainableSpeed';
import type { CriticalSpeed } from './sustainableSpeed';
import { applyWhatIf } from './applyWhatIf';
import { demandOf, worstWindowOf } from './utilization';
import type { ServedStage, WorstWindow } from './utilization';
import { warmedUp } from './warmedUp';
import type { WarmUp } from './warmedUp';
import { windowLength } from './windowLength';
import { countedIn, spanOf } from './work';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import type { OptionNames } from '../../operators/kernel/optionNames';

export interface CapacityOptions {
  /** Market time at which the run's clock starts; see `originOf`. */
  readonly origin: Micros;
  /** The speeds of the curve; round ones around where something happens, unless given. */
  readonly speeds?: readonly number[];
  /** How many items at first are warm-up; found out unless given, 0 for none. */
  readonly warmUp?: number;
  /** What to change before computing; nothing unless given. */
  readonly changes?: readonly Change[];
  /** Whether to try what would help most; it takes many times as long. False unless given. */
  readonly gains?: boolean;
  /** Whether to compute each quarter of the work too, for `partsRange`. False unless given. */
  readonly parts?: boolean;
}

const OPTIONS: OptionNames<CapacityOptions> = {
  origin: true,
  speeds: true,
  warmUp: true,
  changes: true,
  gains: true,
  parts: true,
};

/** At what speed the run's stages would keep up. A speed of Infinity means any; JSON has null for it. */
export interface Capacity {
  /** The highest speed at which no edge grades worse than low, found from below within 0.05 %. */
  readonly sustainableSpeed: number;
  /** That of the slowest and of the fastest quarter of the work, where it was computed and there is enough. */
  readonly partsRange?: readonly [low: number, high: number];
  /** The highest speed at which no market minute has more work for a stage than it has time. */
  readonly stableSpeed: number;
  /** The speed at which the busiest stage would have just as much to do as there is time. */
  readonly averageSpeed: number;
  readonly busiest: ServedStage;
  /** The window in which a stage has most to do; undefined where nothing takes any time. */
  readonly worstWindow: WorstWindow | undefined;
  /** From which speed on each edge is critical, the first to be so first. */
  readonly critical: readonly CriticalSpeed[];
  readonly curve: readonly CurvePoint[];
  readonly counted: { readonly items: number; readonly updates: number };
  readonly span: { readonly from: Micros; readonly to: Micros };
  /** How many items inboxes dropped: they are served with the mean of their symbol and interval. */
  readonly dropped?: number;
  readonly warmUp?: WarmUp;
  readonly gains?: Sensitivities;
}

/** A run that processed nothing has no service times. */
export class NoWorkError extends BarometerError {
  override readonly name = 'NoWorkError';
  override readonly code = 'CAPACITY_NO_WORK';

  constructor() {
    super(
      'nothing was processed, so there are no service times to compute with. ' +
        'Check what the files hold, and --from and --to.',
    );
  }
}

/** Throws a `NoWorkError` where there is nothing to compute with. A pure function. */
export function capacityOf(recorded: Timings, options: CapacityOptions): Capacity {
  checkOptionNames('capacityOf', options, OPTIONS);
  const { origin, changes = [], speeds } = options;
  if (recorded.items.length === 0) throw new NoWorkError();
  const { timings, warmUp } = warmedUp(restoreDropped(recorded), options.warmUp);
  const { to } = spanOf(timings, origin);
  const work = applyWhatIf(timings, changes);
  const span = spanOf(work, origin, undefined, to);
  const demand = demandOf(work, span);
  const { averageSpeed, busiest } = demand;
  const sustainableSpeed = sustainableSpeedOf(work, span, averageSpeed);
  const critical = criticalSpeedsOf(work, span, averageSpeed);
  const worstWindow = worstWindowOf(work, span, windowLength(timings));
  const chosen =
    speeds ?? speedsAround([sustainableSpeed, critical[0]?.speed ?? Infinity, averageSpeed]);
  const range = options.parts === true ? partsRange(work, span, averageSpeed) : undefined;
  return {
    sustainableSpeed,
    ...(range === undefined ? {} : { partsRange: range }),
    stableSpeed: worstWindow?.speed ?? Infinity,
    averageSpeed,
    busiest,
    worstWindow,
    critical,
    curve: chosen.map((speed) => pointAt(work, span, demand, speed)),
    counted: countedIn(work, span),
    span: { from: span.from, to: span.to },
    ...(recorded.dropped === undefined ? {} : { dropped: recorded.dropped.length }),
    ...(warmUp === undefined ? {} : { warmUp }),
    ...(options.gains === true
      ? { gains: sensitivitiesOf(timings, changes, span, sustainableSpeed) }
      : {}),
  };
}
