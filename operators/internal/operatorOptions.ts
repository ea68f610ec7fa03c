import { checkOptionNames } from '../kernel/optionNames';

/** The options of all operators: a pipeline may spread one object of options over several of them. */
export const OPERATOR_OPTIONS = {
  active: true,
  batch: true,
  capacity: true,
  concurrency: true,
  deadLetters: true,
  delayError: true,
  demand: true,
  depth: true,
  downstream: true,
  dueAt: true,
  dueFloor: true,
  edge: true,
  events: true,
  filter: true,
  holding: true,
  isCounted: true,
  keyNumberOf: true,
  keyOf: true,
  meter: true,
  offeredAt: true,
  onError: true,
  onOutput: true,
  onPull: true,
  onRelease: true,
  ordered: true,
  origin: true,
  outputs: true,
  overflow: true,
  paused: true,
  rank: true,
  readiness: true,
  scheduler: true,
  serviceTime: true,
  skipGaps: true,
  speed: true,
  stopwatch: true,
  timeNow: true,
  timeOf: true,
  timeout: true,
} as const;

/** Throws an `OptionError` for an option that no operator has. */
export const checkOperatorOptions = (operator: string, options: object): void => {
  checkOptionNames(operator, options as Partial<typeof OPERATOR_OPTIONS>, OPERATOR_OPTIONS);
};
