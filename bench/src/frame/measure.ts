import { profiled } from './profiler';
import type { Measured, Row, Setting } from './table';

export interface Order {
  readonly table: string;
  readonly row: string;
  readonly setting: Setting;
  /** Items of the runs before the timed one, each at most as long as that; 0: none. */
  readonly warmUp: number;
  /** Runs the work once more before the timed run, under the profiler of V8. */
  readonly profiled?: boolean;
}

/**
 * Runs one row once, timed; what is timed was compiled by V8 in the runs before it. In between only
 * young garbage is collected: a whole collection would also forget the hidden classes of whatever the
 * first run made, and with them the code that was compiled for them.
 */
export async function measure(row: Row, { setting, warmUp, ...order }: Order): Promise<Measured> {
  const size = Math.min(setting.size, warmUp);
  const firstMs = await warmedUp(row, { ...setting, size, warming: true }, warmUp);
  const work = await row.prepare(setting);
  collect();
  const profile = order.profiled === true ? (await profiled(work)).profile : undefined;
  collect();
  const cpu = process.cpuUsage();
  const began = performance.now();
  const { items, figures = {}, same } = await work();
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return {
    wallMs,
    firstMs: (firstMs * setting.size) / size,
    cpuMs: (user + system) / 1_000,
    peakBytes: process.resourceUsage().maxRSS * 1_024,
    items,
    figures,
    same,
    ...(profile === undefined ? {} : { profile }),
  };
}

const collect = (): void => {
  globalThis.gc?.({ type: 'minor', execution: 'sync' });
};

/** A row that takes so long, in milliseconds, has been compiled by then. */
const LONG = 5_000;

/** Runs the work until it has seen `items`, or for long enough; milliseconds of the first run. */
async function warmedUp(row: Row, setting: Setting, items: number): Promise<number> {
  if (items === 0) return NaN;
  const work = await row.prepare(setting);
  let firstMs = NaN;
  const start = performance.now();
  for (let done = 0; done < items; done += setting.size) {
    if (performance.now() - start > LONG) break;
    await work();
    if (done === 0) firstMs = performance.now() - start;
    collect();
  }
  return firstMs;
}
