import type { Nats } from '../../../streams/nats/openNats';
import { answerCodeOf } from '../../../streams/nats/untilAnswered';

/** The queue of tasks: each is handed to one worker at a time until one acknowledges it. */
export const TASKS = 'BAROMETER_TASKS';
/** The last state of each task and partition: a later one takes the place of an earlier one. */
export const STATES = 'BAROMETER_STATES';
/** The consumer that all workers share. */
export const WORKERS = 'workers';

/** A name as one token of a subject. */
const token = (name: string): string => name.replace(/[^\w=+-]/g, '_') || '_';

export const taskSubject = (group: string, member: string): string =>
  `barometer.task.${token(group)}.${token(member)}`;

export const stateSubject = (group: string, member: string): string =>
  `barometer.state.${token(group)}.${token(member)}`;

/** The states of all members of a group. */
export const statesOf = (group: string): string => `barometer.state.${token(group)}.*`;

export const stateSubjectOf = (task: string): string =>
  task.replace(/^barometer\.task\./, 'barometer.state.');

/** Answers of JetStream that this folder knows. */
export const ANSWERS = {
  differentConfiguration: 10_058,
  subjectTaken: 10_077,
  wrongSequence: 10_071,
} as const;

const NANOS_PER_DAY = 86_400e9;
/** States are deleted after this many days without a new one. */
const KEPT_DAYS = 30;

/** Makes the streams where they are missing. */
export async function ensureStreams({ manager }: Nats): Promise<void> {
  await ensured(
    manager.streams.add({
      name: TASKS,
      subjects: ['barometer.task.*.*'],
      retention: 'workqueue',
      storage: 'file',
      // A task that waits is not submitted once more.
      max_msgs_per_subject: 1,
      discard: 'new',
      discard_new_per_subject: true,
    }),
  );
  await ensured(
    manager.streams.add({
      name: STATES,
      subjects: ['barometer.state.*.*'],
      storage: 'file',
      max_msgs_per_subject: 1,
      max_age: KEPT_DAYS * NANOS_PER_DAY,
    }),
  );
}

/** Somebody may have chosen replicas or ages of their own. */
async function ensured(added: Promise<unknown>): Promise<void> {
  try {
    await added;
  } catch (error) {
    if (answerCodeOf(error) !== ANSWERS.differentConfiguration) throw error;
  }
}
