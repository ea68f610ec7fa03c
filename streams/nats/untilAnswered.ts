import { setTimeout as wait } from 'node:timers/promises';
import type { Nats } from './openNats';

const PAUSE = 200;

/** What a server says of a request that it understood; anything else is that it was not there. */
const isAnswer = (error: unknown): boolean => {
  const { name, code } = error as { name?: string; code?: number };
  // 10008: JetStream is about to be there.
  return (name === 'JetStreamApiError' && code !== 10_008) || name === 'InvalidArgumentError';
};

/**
 * Repeats a request until the server answers it: a server that restarts is away for a while. Rejects with
 * what it answers, or where the connection was closed here.
 */
export async function untilAnswered<T>(
  { connection }: Pick<Nats, 'connection'>,
  request: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (isAnswer(error) || connection.isClosed()) throw error;
      await wait(PAUSE);
    }
  }
}

/** The code of an answer of JetStream; undefined for any other error. */
export const answerCodeOf = (error: unknown): number | undefined => {
  const { name, code } = error as { name?: string; code?: number };
  return name === 'JetStreamApiError' ? code : undefined;
};
