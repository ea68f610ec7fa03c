import { profiled } from './profiler';
import type { Measured, Row, Setting } from './table';

export interface Order {
  readonly table: string;
  readonly row: string;
  readonly setting: Setting;
  /** Items of the run before the timed one; 0: none. */
  readonly warmUp: number;
  /** Runs the work once more before the timed run, under the profiler of V8. */
  readonly profiled?: boolean;
}

/**
 * Runs one row once, timed; what is timed was compiled by V8 in a run before it. Between the two only
 * young garbage is collected: a whole collection would also forget the hidden classes of whatever the
 * first run made, and with them the code that was compiled for them.
 */
export async function measure(row: Row, { setting, warmUp, ...order }: Order): Promise<Measured> {
  if (warmUp > 0) {
    const size = Math.min(setting.size, warmUp);
    const work = await row.prepare({ ...setting, size, warming: true });
    await work();
  }
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
