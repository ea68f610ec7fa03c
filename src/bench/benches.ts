import type { Bench } from './bench';

/** Loaded when it is asked for. */
export const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  'zero-copy': async () => (await import('./benchZeroCopy.js')).benchZeroCopy,
  threads: async () => (await import('./benchThreads.js')).benchThreads,
  ring: async () => (await import('./benchRing.js')).benchRing,
  soak: async () => (await import('./benchSoak.js')).benchSoak,
};
