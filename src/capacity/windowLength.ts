import { parseInterval } from '../../streams';
import type { Micros } from '../../streams';
import type { Timings } from '../journal';

const MINUTE: Micros = 60_000_000;

/** A market minute, or one base bar where that is longer: bars of an hour are all due in one minute of it. */
export const windowLength = ({ intervals }: Timings): Micros =>
  Math.max(MINUTE, parseInterval(intervals[0] ?? '1m').length);
