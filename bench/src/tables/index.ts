import type { Table } from '../frame/table';

/** Each is loaded when it is asked for: a row's process carries no other table's modules. */
export const TABLES: Readonly<Record<string, () => Promise<Table>>> = {
  memory: async () => (await import('./memory.js')).memory,
  tick: async () => (await import('./tick.js')).tick,
};
