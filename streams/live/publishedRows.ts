import type { LiveFacts, RowBatch, RowSource } from '../bars/rows';
import { openNats } from '../nats/openNats';
import type { Nats, NatsOptions } from '../nats/openNats';
import { RowPublisher } from '../nats/rowPublisher';
import { ensurePublication, publicationOf } from '../nats/rowSubjects';

/** Milliseconds that the last rows have to reach the stream. */
const PATIENCE = 5_000;

/** The same rows, and each of them published before it is handed on. */
export class PublishedRows implements RowSource {
  readonly live: LiveFacts;
  readonly #rows: RowSource;
  readonly #url: string;
  readonly #options: NatsOptions;
  readonly #onFailure: (error: unknown) => void;

  constructor(
    rows: RowSource,
    url: string,
    options: NatsOptions,
    onFailure: (error: unknown) => void,
  ) {
    this.#rows = rows;
    if (rows.live === undefined) throw new TypeError(`${rows.name} is no feed`);
    this.live = rows.live;
    this.#url = url;
    this.#options = options;
    this.#onFailure = onFailure;
  }

  get name() {
    return this.#rows.name;
  }

  get interval() {
    return this.#rows.interval;
  }

  counts() {
    return this.#rows.counts();
  }

  progress() {
    return this.#rows.progress();
  }

  batches(): AsyncIterable<RowBatch> {
    return { [Symbol.asyncIterator]: () => this.#iterator() };
  }

  #iterator(): AsyncIterator<RowBatch> {
    const inner = (this.#rows.batches() as AsyncIterable<RowBatch>)[Symbol.asyncIterator]();
    let opened: Promise<{ nats: Nats; publisher: RowPublisher }> | undefined;
    const close = async (): Promise<void> => {
      const found = await opened?.catch(() => undefined);
      if (found === undefined) return;
      await found.publisher.flush(PATIENCE);
      await found.nats.close();
    };
    return {
      next: async () => {
        opened ??= this.#open();
        const { publisher } = await opened;
        const result = await inner.next();
        if (result.done === true) await close();
        else publish(result.value, publisher);
        return result;
      },
      return: async () => {
        await inner.return?.();
        await close();
        return { done: true, value: undefined };
      },
    };
  }

  async #open(): Promise<{ nats: Nats; publisher: RowPublisher }> {
    const nats = await openNats(this.#url, this.#options);
    const { stream } = publicationOf(this.#url);
    await ensurePublication(nats, stream);
    return { nats, publisher: new RowPublisher(nats, stream, this.#onFailure) };
  }
}

function publish(batch: RowBatch, publisher: RowPublisher): void {
  const { length, symbols, symbol, time, close, volume, gap, mark } = batch;
  for (let row = 0; row < length; row += 1) {
    publisher.add(
      symbols[symbol[row] as number] as string,
      time[row] as number,
      close[row] as number,
      volume[row] as number,
      gap?.[row] ?? 0,
    );
  }
  for (const { symbol: name, rows } of mark?.lost ?? []) publisher.skip(name, rows);
  publisher.send();
}
