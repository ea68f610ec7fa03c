import type { CommandEntry } from '../command';

/** Every command, in the order in which the help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'replay',
    summary: 'replay tick files and report where the pipeline does not keep up',
    load: async () => (await import('./replay.js')).replayCommand,
  },
  {
    name: 'status',
    summary: 'how things stand with a run, in progress or over',
    load: async () => (await import('./status.js')).statusCommand,
  },
  {
    name: 'report',
    summary: 'the report of a run, also as it stood at an earlier moment',
    load: async () => (await import('./report.js')).reportCommand,
  },
  {
    name: 'watch',
    summary: 'watch a run in the terminal',
    load: async () => (await import('./watch.js')).watchCommand,
  },
  {
    name: 'diff',
    summary: 'two runs side by side, with the factors between them',
    load: async () => (await import('./diff.js')).diffCommand,
  },
  {
    name: 'runs',
    summary: 'the runs that have left a journal',
    load: async () => (await import('./runs.js')).runsCommand,
  },
  {
    name: 'generate',
    summary: 'make a synthetic tick file, the same one for the same seed',
    load: async () => (await import('./generate.js')).generateCommand,
  },
];
