import { followSubject, storedMessage } from '../../../streams/nats/followSubject';
import type { Nats } from '../../../streams/nats/openNats';
import { answerCodeOf, untilAnswered } from '../../../streams/nats/untilAnswered';
import { ANSWERS, STATES, statesOf } from './subjects';
import { decodeState, encodeState } from './taskState';
import type { TaskState } from './taskState';
import { TaskError } from './taskError';

/**
 * Keeps the state as the last of its subject. A failure never takes the place of another state.
 *
 * @throws TaskError where the server takes no message of that size
 */
export async function publishState(nats: Nats, subject: string, state: TaskState): Promise<void> {
  const data = encodeState(state);
  const most = nats.connection.info?.max_payload ?? Infinity;
  if (data.length > most) {
    throw new TaskError(
      `its state has ${data.length} bytes, and the server takes ${most}: raise max_payload, or cut the input into smaller parts`,
    );
  }
  const expect = state.status === 'failed' ? { expect: { lastSubjectSequence: 0 } } : {};
  try {
    await untilAnswered(nats, () => nats.jetstream.publish(subject, data, expect));
  } catch (error) {
    if (answerCodeOf(error) !== ANSWERS.wrongSequence) throw error;
  }
}

/** The last state of a subject; undefined where there is none, or none that can be read. */
export async function lastState(nats: Nats, subject: string): Promise<TaskState | undefined> {
  const found = await storedMessage(nats, STATES, { last_by_subj: subject });
  return found === undefined ? undefined : readState(found.data);
}

/** A state that came; it is read when it is wanted. */
export interface NewState {
  readonly subject: string;
  readonly read: () => TaskState | undefined;
}

/** The states of a group, each subject's last one, and those that come until the signal. */
export async function* followStates(
  nats: Nats,
  group: string,
  signal: AbortSignal,
): AsyncGenerator<NewState, void, undefined> {
  for await (const { subject, data } of followSubject(nats, STATES, statesOf(group), { signal })) {
    yield { subject, read: () => readState(data) };
  }
}

/** Undefined for what is of another version, or not ours. */
export function readState(data: Uint8Array): TaskState | undefined {
  try {
    return decodeState(data);
  } catch (error) {
    if (error instanceof TaskError) return undefined;
    throw error;
  }
}
