import type { CommandEntry } from '../command';

/** Every command, in the order in which the help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'replay',
    summary: 'replay tick files and report where the pipeline does not keep up',
    load: async () => (await import('./replay.js')).replayCommand,
  },
  {
    name: 'generate',
    summary: 'make a synthetic tick file, the same one for the same seed',
    load: async () => (await import('./generate.js')).generateCommand,
  },
];
