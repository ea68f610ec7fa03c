import { setTimeout as wait } from 'node:timers/promises';
import type { Nats } from './openNats';
import { answerCodeOf, untilAnswered } from './untilAnswered';

/** One message as a stream keeps it. */
export interface StoredMessage {
  readonly subject: string;
  readonly sequence: number;
  readonly data: Uint8Array;
}

const NO_MESSAGE = 10_037;
const NO_STREAM = 10_059;

/** Milliseconds between two looks where nobody says that there is something new. */
const PAUSE = 250;

export type MessageQuery =
  { readonly last_by_subj: string } | { readonly seq: number; readonly next_by_subj: string };

/** A message of a stream; undefined where there is none. */
export const storedMessage = (
  nats: Nats,
  stream: string,
  query: MessageQuery,
): Promise<StoredMessage | undefined> =>
  untilAnswered(nats, async () => {
    try {
      const found = await nats.manager.streams.getMessage(stream, query);
      if (found === null) return undefined;
      return { subject: found.subject, sequence: found.seq, data: found.data };
    } catch (error) {
      const code = answerCodeOf(error);
      if (code === NO_MESSAGE || code === NO_STREAM) return undefined;
      throw error;
    }
  });

/**
 * The messages of a subject behind a number of the stream, in the order of their numbers, and those that
 * come until the signal. They are read one by one from the stream, so that the server keeps nothing of a
 * reader, and restarts do not matter. What arrives on the subject only wakes the reader.
 */
export async function* followSubject(
  nats: Nats,
  stream: string,
  subject: string,
  { after = 0, signal }: { readonly after?: number; readonly signal: AbortSignal },
): AsyncGenerator<StoredMessage, void, undefined> {
  let sequence = after;
  let wake = new AbortController();
  const news = nats.connection.subscribe(subject, {
    callback: () => {
      wake.abort();
    },
  });
  const stop = (): void => {
    wake.abort();
  };
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted && !nats.connection.isClosed()) {
      wake = new AbortController();
      const found = await storedMessage(nats, stream, { seq: sequence + 1, next_by_subj: subject });
      if (found === undefined) {
        await wait(PAUSE, undefined, { signal: wake.signal }).catch(() => undefined);
        continue;
      }
      sequence = found.sequence;
      yield found;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    if (!nats.connection.isClosed()) news.unsubscribe();
  }
}
