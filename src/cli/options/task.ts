import type { TaskOptions, ThreadTask } from '../../cluster';
import { readReplayOptions } from '../commands/replayOptions';
import { UsageError } from '../usageError';
import { CALENDAR_OPTIONS } from './calendar';
import { READING_OPTIONS } from './files';

/** The options of `replay` that a task has: none of them names a file or an address. */
const TASK_OPTIONS: readonly string[] = [
  ...READING_OPTIONS,
  ...CALENDAR_OPTIONS,
  ...['bars', 'derive', 'symbols', 'from', 'to', 'mode', 'speed', 'time', 'skipGaps', 'leadIn'],
  ...['threads', 'demand', 'stageTimeout', 'badRows', 'inbox', 'overflow', 'strict'],
];

/** What the options of a task mean; throws a `UsageError` for any other option. */
export function readTaskOptions(options: TaskOptions): Pick<ThreadTask, 'reading' | 'options'> {
  const other = Object.keys(options).find((name) => !TASK_OPTIONS.includes(name));
  if (other !== undefined) throw new UsageError(`${other} is no option of a task`);
  const { files: reading, run } = readReplayOptions(options);
  return { reading, options: run };
}
