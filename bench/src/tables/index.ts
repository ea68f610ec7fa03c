import type { Table } from '../frame/table';

/** Each is loaded when it is asked for: a row's process carries no other table's modules. */
export const TABLES: Readonly<Record<string, () => Promise<Table>>> = {
  memory: async () => (await import('./memory.js')).memory,
  tick: async () => (await import('./tick.js')).tick,
  file: async () => (await import('./file.js')).file,
  command: async () => (await import('./command.js')).command,
  start: async () => (await import('./start.js')).startUp,
  operators: async () => (await import('./operators.js')).operators,
  store: async () => (await import('./store.js')).store,
  journal: async () => (await import('./journal.js')).journal,
  metrics: async () => (await import('./metrics.js')).metrics,
  fold: async () => (await import('./fold.js')).fold,
  accuracy: async () => (await import('./accuracy.js')).accuracy,
  cores: async () => (await import('./cores.js')).cores,
  ring: async () => (await import('./ring.js')).ring,
  threads: async () => (await import('./threads.js')).threads,
  'zero-copy': async () => (await import('./zeroCopy.js')).zeroCopy,
  soak: async () => (await import('./soak.js')).soak,
  flat: async () => (await import('./flat.js')).flat,
  scale: async () => (await import('./scale.js')).scale,
};
