import type { Micros } from './bar';
import { windowsOf } from './calendar';
import { parseInterval } from './interval';
import type { Interval } from './interval';
import { barIntervals } from './tickSeries';

/** The history before a session. */
interface LeadInOptions {
  readonly from?: Micros | undefined;
  readonly leadIn?: string | undefined;
}

/**
 * Where the history before a session begins: as long before it as `leadIn` says, or earlier, with the
 * longest interval's window in which that lies, so that no bar of it lacks its beginning. Undefined where
 * there is no history.
 */
export function leadInStart(
  { from, leadIn }: LeadInOptions,
  intervals: readonly Interval[],
): Micros | undefined {
  if (from === undefined || leadIn === undefined) return undefined;
  const start = from - parseInterval(leadIn, 'leadIn').length;
  const longest = barIntervals(intervals).at(-1);
  if (longest === undefined || longest.length === 0) return start;
  const window = windowsOf(longest)(start);
  return window.isOpen ? window.start : start;
}
