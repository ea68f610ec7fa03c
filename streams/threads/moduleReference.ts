import type { TickWishes } from '../bars/tickSeries';

/**
 * A function that another thread is to call: functions cannot cross to it, the names of modules can.
 * The module is loaded by `require` there.
 */
export interface ModuleReference {
  /** An absolute path. */
  readonly module: string;
  /** The name of the module's function; `default`, or the module itself, unless given. */
  readonly export?: string;
  /** What it is called with: what structured clone can copy. */
  readonly argument?: unknown;
}

/** A strategy that its thread makes by calling a module's function. */
export interface ThreadStrategy extends ModuleReference {
  /** Shown in reports and carried by its signals. */
  readonly name: string;
  /** What it wants besides bars; nothing, unless given. */
  readonly wishes?: TickWishes;
}
