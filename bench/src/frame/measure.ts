import type { Measured, Row, Setting } from './table';

export interface Order {
  readonly table: string;
  readonly row: string;
  readonly setting: Setting;
  /** Items of the run before the timed one; 0: none. */
  readonly warmUp: number;
}

/** Runs one row once, timed; what is timed was compiled by V8 in a run before it. */
export async function measure(row: Row, { setting, warmUp }: Order): Promise<Measured> {
  if (warmUp > 0) {
    const work = await row.prepare({ ...setting, size: Math.min(setting.size, warmUp) });
    await work();
  }
  const work = await row.prepare(setting);
  globalThis.gc?.();
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
  };
}
