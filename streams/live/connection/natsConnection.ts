import { causeText } from '../../causeText';
import { followSubject } from '../../nats/followSubject';
import { openNats } from '../../nats/openNats';
import type { Nats } from '../../nats/openNats';
import { publicationOf, rowSubject } from '../../nats/rowSubjects';
import type { NatsSource } from '../liveSource';
import type { ConnectionSink, FeedConnection } from './feedConnection';

type Place = Pick<NatsSource, 'url' | 'access' | 'after'>;

/** The rows of a publication as they come: each message is lines of frames. */
export class NatsConnection implements FeedConnection {
  readonly #stop = new AbortController();
  readonly #over: Promise<void>;

  constructor(source: Place, sink: ConnectionSink) {
    this.#over = this.#run(source, sink);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#over;
  }

  async #run({ url, access, after: given }: Place, sink: ConnectionSink) {
    let nats: Nats | undefined;
    try {
      const opened = (nats = await openNats(url, access));
      const { stream, symbols } = publicationOf(url);
      const after = given ?? (await lastSequence(opened, stream));
      sink.opened();
      void this.#report(opened, sink);
      const subjects =
        symbols.length === 0
          ? [`${stream}.*`]
          : symbols.map((symbol) => rowSubject(stream, symbol));
      await Promise.all(
        subjects.map((subject) => this.#read(opened, stream, subject, after, sink)),
      );
    } catch (error) {
      if (!this.#stop.signal.aborted) {
        sink.failed(causeText(error), 'Check the address, and whether its rows are published.');
      }
    } finally {
      await nats?.close();
    }
  }

  async #read(
    nats: Nats,
    stream: string,
    subject: string,
    after: number,
    sink: ConnectionSink,
  ): Promise<void> {
    const { signal } = this.#stop;
    for await (const { data } of followSubject(nats, stream, subject, { after, signal })) {
      for (const line of Buffer.from(data).toString('utf8').split('\n')) sink.text(line);
    }
  }

  async #report({ connection }: Nats, sink: ConnectionSink): Promise<void> {
    for await (const { type } of connection.status()) {
      if (this.#stop.signal.aborted) return;
      if (type === 'disconnect') sink.closed('the connection to the server was lost');
      if (type === 'reconnect') sink.opened();
    }
  }
}

/** The number of the last message there is; rows before it are no news. */
async function lastSequence({ manager }: Nats, stream: string): Promise<number> {
  const { state } = await manager.streams.info(stream);
  return state.last_seq;
}
