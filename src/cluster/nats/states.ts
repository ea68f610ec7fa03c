import type { Nats } from '../../../streams/nats/openNats';
import { answerCodeOf, untilAnswered } from '../../../streams/nats/untilAnswered';
import { ANSWERS, STATES } from './subjects';
import { decodeState, encodeState } from './taskState';
import type { TaskState } from './taskState';
import { TaskError } from './taskError';

/** One state as the server keeps it. */
export interface KeptState {
  readonly subject: string;
  readonly sequence: number;
  /** Undefined for what cannot be read: it is of another version, or not ours. */
  readonly read: () => TaskState | undefined;
}

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

/** The last state of a subject; undefined where there is none. */
export const lastState = (nats: Nats, subject: string): Promise<KeptState | undefined> =>
  untilAnswered(nats, () => message(nats, { last_by_subj: subject }));

/** The next state after a number of the stream, of subjects such as `barometer.state.NAME.*`. */
export const nextState = (
  nats: Nats,
  subjects: string,
  after: number,
): Promise<KeptState | undefined> =>
  untilAnswered(nats, () => message(nats, { seq: after + 1, next_by_subj: subjects } as Query));

type Query = Parameters<Nats['manager']['streams']['getMessage']>[1];

async function message({ manager }: Nats, query: Query): Promise<KeptState | undefined> {
  try {
    const found = await manager.streams.getMessage(STATES, query);
    if (found === null) return undefined;
    const { subject, seq: sequence, data } = found;
    return { subject, sequence, read: () => readable(data) };
  } catch (error) {
    const code = answerCodeOf(error);
    if (code === ANSWERS.noMessage || code === ANSWERS.streamNotFound) return undefined;
    throw error;
  }
}

function readable(data: Uint8Array): TaskState | undefined {
  try {
    return decodeState(data);
  } catch (error) {
    if (error instanceof TaskError) return undefined;
    throw error;
  }
}
