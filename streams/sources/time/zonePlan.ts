import type { FileOptions } from '../fileOptions';
import type { FilePlan } from '../filePlan';
import type { TickTable } from '../tickTable';
import type { LayoutTime } from './layoutTime';
import { isZoneless } from './timeColumn';

/**
 * Times that say no zone are local, if the format knows of which zone, or somebody said it.
 *
 * @param stamps the first times as they are written
 * @param typed of columns that have a type for times: whether that says a zone
 */
export function withZone(
  plan: FilePlan,
  time: TickTable['time'] | LayoutTime,
  stamps: readonly string[],
  options: FileOptions,
  typed = true,
): FilePlan {
  const { zone: own, ...rest } = plan;
  const zone = options.zone ?? own;
  const zoneless =
    time.written === 'stamp' ||
    (time.written === 'text' && isZoneless(stamps)) ||
    (time.written === 'timestamp' && !typed);
  if (!zoneless || zone === undefined || zone === 'UTC') return rest;
  return { ...rest, zone };
}

/** A plan for reading row by row, where each row may say a zone: the others are of the plan's. */
export function zonedPlan(plan: FilePlan, options: FileOptions): FilePlan {
  const { zone: own, ...rest } = plan;
  const zone = options.zone ?? own;
  return zone === undefined || zone === 'UTC' ? rest : { ...rest, zone };
}
