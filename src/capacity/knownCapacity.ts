import type { Timings } from '../journal';
import type { Effect, KnownCapacity, TakenWork } from '../report';
import type { Micros } from '../../streams';
import { applyWhatIf } from './applyWhatIf';
import type { Change } from './change';
import { sharded } from './shards';
import { sustainableSpeedOf } from './sustainableSpeed';
import { restoreDropped } from './restoreDropped';
import { takeAway } from './takeAway';
import { demandOf, worstWindowOf } from './utilization';
import { warmedUp } from './warmedUp';
import { windowLength } from './windowLength';
import { spanOf } from './work';
import type { Span, Work } from './work';

/** For so much work it takes a second at most to try out what would help. */
const SOON = 1_000_000;

/** Both speeds, by recursion over service times and market due times: no averages. */
function speedsOf(work: Work, span: Span, length: Micros, guess?: number): Effect {
  const { averageSpeed } = demandOf(work, span);
  return {
    sustainableSpeed: sustainableSpeedOf(work, span, guess ?? averageSpeed),
    stableSpeed: worstWindowOf(work, span, length)?.speed ?? Infinity,
  };
}

/** Bars of a symbol or an interval that do not come at all are not counted either. */
function without(timings: Timings, taken: TakenWork): Work {
  const { stage, strategy, symbol, interval, factor, shards } = taken;
  if (shards !== undefined) return sharded(timings, shards);
  if (factor > 0 || stage === 'processor' || strategy !== undefined || taken.awaited === true) {
    return takeAway(timings, taken);
  }
  const changes: Change[] = [];
  if (symbol !== undefined) changes.push({ kind: 'symbol', name: symbol, factor });
  if (interval !== undefined) changes.push({ kind: 'interval', name: interval, factor });
  return changes.length === 1 ? applyWhatIf(timings, changes) : takeAway(timings, taken);
}

/** What a run's report can say of speeds; undefined where nothing was served. */
export function knownCapacityOf(
  recorded: Timings,
  origin: Micros,
  isWhole: boolean,
): KnownCapacity | undefined {
  if (recorded.items.length === 0) return undefined;
  const { timings } = warmedUp(restoreDropped(recorded));
  const { items, updates } = timings;
  const span = spanOf(timings, origin);
  const length = windowLength(timings);
  const speeds = speedsOf(timings, span, length);
  const isSoon = items.length + updates.length <= SOON;
  return {
    ...speeds,
    estimated: !isWhole,
    ...(isSoon
      ? {
          effectOf: (taken) => {
            const work = without(timings, taken);
            const same = spanOf(work, origin, undefined, span.to);
            return speedsOf(work, same, length, speeds.sustainableSpeed);
          },
        }
      : {}),
  };
}
