/**
 * Many runs as one: sweeps over processes of this machine or workers of any machines, and their merge.
 *
 * @module barometer/scale
 */
export {
  natsRunner,
  parseSplit,
  partsOf,
  processes,
  resultsIn,
  rowOf,
  sorted,
  strategySets,
  surveyOf,
  sweep,
  tasksOf,
} from '../cluster';
export { mergeStates } from '../metrics';
export { NatsError } from '../../streams/nats/natsError';
export { TaskError } from '../cluster/nats/taskError';
export type {
  NatsRunnerOptions,
  Part,
  ProcessesOptions,
  Program,
  ResultRow,
  Results,
  Runner,
  RunnerContext,
  SortKey,
  Split,
  Survey,
  Swept,
  SweepOptions,
  Task,
  TaskOptions,
  TaskOutcome,
  TaskResult,
} from '../cluster';
export type { NatsOptions } from '../../streams/nats/openNats';
export type { NatsErrorCode } from '../../streams/nats/natsError';
