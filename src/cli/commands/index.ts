import type { CommandEntry } from '../command';

/** Every command, in the order in which the help shows them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'write a configuration, a strategy with its test, and a workflow for CI',
    load: async () => (await import('./init.js')).initCommand,
  },
  {
    name: 'replay',
    summary: 'replay tick files and report where the pipeline falls behind',
    isConfigured: true,
    load: async () => (await import('./replay.js')).replayCommand,
  },
  {
    name: 'live',
    summary: 'run live feeds through the pipeline and measure whether it keeps up',
    load: async () => (await import('./live.js')).liveCommand,
  },
  {
    name: 'capacity',
    summary: 'find the highest sustainable speed and rank improvements',
    isConfigured: true,
    load: async () => (await import('./capacity.js')).capacityCommand,
  },
  {
    name: 'check',
    summary: 'replay tick files and fail where what is required does not hold: a gate for CI',
    isConfigured: true,
    load: async () => (await import('./check.js')).checkCommand,
  },
  {
    name: 'sweep',
    summary: 'replay many parts of the input with many sets of parameters, on all cores',
    isConfigured: true,
    load: async () => (await import('./sweep.js')).sweepCommand,
  },
  {
    name: 'worker',
    summary: 'run tasks that a sweep submits through NATS JetStream',
    load: async () => (await import('./worker.js')).workerCommand,
  },
  {
    name: 'merge',
    summary: 'print one report of all runs in a folder',
    load: async () => (await import('./merge.js')).mergeCommand,
  },
  {
    name: 'status',
    summary: 'show the state of a run, in progress or finished',
    load: async () => (await import('./status.js')).statusCommand,
  },
  {
    name: 'report',
    summary: 'print the report of a run, or its report at an earlier moment',
    load: async () => (await import('./report.js')).reportCommand,
  },
  {
    name: 'watch',
    summary: 'watch a run in the terminal',
    load: async () => (await import('./watch.js')).watchCommand,
  },
  {
    name: 'diff',
    summary: 'compare two runs side by side, with factors',
    load: async () => (await import('./diff.js')).diffCommand,
  },
  {
    name: 'dashboard',
    summary: 'show a run in the browser, with time travel, or write that as one HTML file',
    load: async () => (await import('./dashboard.js')).dashboardCommand,
  },
  {
    name: 'export',
    summary: 'print the metrics of a run in the text format of Prometheus',
    load: async () => (await import('./export.js')).exportCommand,
  },
  {
    name: 'runs',
    summary: 'list the runs that left a journal, remove old ones, choose the baseline',
    load: async () => (await import('./runs.js')).runsCommand,
  },
  {
    name: 'inspect',
    summary: 'examine tick files: format, rows, symbols, times, gaps, faults',
    load: async () => (await import('./inspect.js')).inspectCommand,
  },
  {
    name: 'convert',
    summary: 'write tick files as bars or ticks, in CSV, Parquet or Arrow',
    load: async () => (await import('./convert.js')).convertCommand,
  },
  {
    name: 'formats',
    summary: 'list the formats that are recognized',
    load: async () => (await import('./formats.js')).formatsCommand,
  },
  {
    name: 'strategies',
    summary: 'list strategies and their parameters, built-in or of your own',
    load: async () => (await import('./strategies.js')).strategiesCommand,
  },
  {
    name: 'generate',
    summary: 'write a synthetic tick file; the same seed gives the same file',
    load: async () => (await import('./generate.js')).generateCommand,
  },
];
