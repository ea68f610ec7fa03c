import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { appendAll } from '../../operators/kernel/extremes';
import type { RowSource } from '../bars/rows';
import type { FeedEvent } from '../feedEvents';
import { errorOfCrossed } from './crossedFailure';
import type { BatchMessage, FromIngress, IngressWork, ToIngress } from './ingressMessages';
import { liveBatchOf } from './liveBatch';
import type { LiveBatch } from './liveBatch';
import type { CodeSource, ReceivedSource } from './liveSource';
import { receiveClock, receiveClockAnchor } from './receiveClock';
import { RowsBehind } from './rowsBehind';

export interface LiveRowsOptions extends Omit<IngressWork, 'sources' | 'clock' | 'until'> {
  readonly until?: number | undefined;
  /** Microseconds from the start. */
  readonly duration?: number | undefined;
}

const FILE = join(__dirname, `ingressWorker${extname(__filename)}`);
const IS_SOURCE = extname(__filename) === '.ts';
const TYPESCRIPT = 'ts-node/register/transpile-only';
/** Milliseconds that the thread has to close its sources and its recording after an abort. */
const PATIENCE = 3_000;

type Waiting = {
  resolve: (result: IteratorResult<LiveBatch>) => void;
  reject: (error: unknown) => void;
};

/**
 * Rows of feeds that are received now. A separate thread receives and stamps them: in the strategies' thread
 * a frame would be stamped only when the strategies are done, and find them ready each time.
 */
export class LiveRows implements RowSource {
  readonly name: string;
  readonly interval = 0;
  readonly live: NonNullable<RowSource['live']>;
  readonly #sources: readonly (ReceivedSource | CodeSource)[];
  readonly #options: LiveRowsOptions;
  readonly #onCaughtUp: () => void;
  readonly #symbols: string[] = [];
  readonly #behind: RowsBehind;
  readonly #anchor = receiveClockAnchor();
  #worker: Worker | undefined;
  #closers: (() => void)[] = [];
  #events: FeedEvent[] = [];
  #waiting: Waiting | undefined;
  #failure: Error | undefined;
  #isOver = false;
  #hasCaughtUp = false;
  #rows = 0;
  #onOver: () => void = () => undefined;

  constructor(
    sources: readonly (ReceivedSource | CodeSource)[],
    options: LiveRowsOptions,
    onCaughtUp: () => void = () => undefined,
  ) {
    this.#onCaughtUp = onCaughtUp;
    this.#sources = sources;
    this.#options = options;
    this.name = sources.map(({ name }) => name).join(', ');
    this.#behind = new RowsBehind((origin) => sources[origin]?.name ?? this.name);
    this.live = {
      now: receiveClock(this.#anchor),
      origin: () => this.#anchor.micros,
      onLate: (origin, symbol) => {
        this.#behind.count(origin, symbol, 'late');
      },
      hasEvents: () => this.#events.length > 0 || !this.#behind.isEmpty,
      takeEvents: (at) => {
        const events = this.#events;
        this.#events = [];
        return [...events.map((event) => ({ ...event, at })), ...this.#behind.take(at)];
      },
    };
  }

  counts(): ReturnType<RowSource['counts']> {
    return { rows: this.#rows, outOfOrder: 0, badRows: 0 };
  }

  progress(): number {
    return this.#isOver ? 1 : 0;
  }

  /** Opens the sources; for a history that comes before them. */
  open(): void {
    if (this.#worker === undefined && !this.#isOver) this.#start();
  }

  /** The history is through. */
  bound(): void {
    this.#send({ type: 'bound' });
  }

  /** Ends the feeds; what they had delivered is still handed out. */
  stop(): void {
    if (this.#worker === undefined) this.#isOver = true;
    this.#closeCode();
    this.#send({ type: 'stop' });
  }

  batches(): AsyncIterable<LiveBatch> {
    return { [Symbol.asyncIterator]: () => this.#iterator() };
  }

  /** Not a generator: that would take `return` only after the row that it waits for. */
  #iterator(): AsyncIterator<LiveBatch> {
    return {
      next: () => {
        this.open();
        if (this.#failure !== undefined) return Promise.reject(this.#failure);
        if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
        return new Promise((resolve, reject) => {
          this.#waiting = { resolve, reject };
          this.#send({ type: 'pull' });
        });
      },
      return: async () => {
        await this.#abort();
        return { done: true, value: undefined };
      },
    };
  }

  #start(): void {
    const { until = Infinity, duration = Infinity, ...work } = this.#options;
    // `duration` does not cross: the thread knows one end.
    const end = Math.min(until, this.#anchor.micros + duration);
    const worker = new Worker(FILE, {
      workerData: {
        ...work,
        sources: this.#sources.map((source) =>
          source.kind === 'code'
            ? { kind: source.kind, name: source.name, reading: source.reading }
            : source,
        ),
        until: end === Infinity ? undefined : end,
        clock: this.#anchor,
      } satisfies IngressWork,
      execArgv: IS_SOURCE ? ['-r', createRequire(FILE).resolve(TYPESCRIPT)] : [],
    });
    this.#worker = worker;
    worker.on('message', (message: FromIngress) => {
      this.#take(message);
    });
    worker.on('error', (error) => {
      this.#fail(error);
    });
    worker.on('exit', (code) => {
      if (!this.#isOver)
        this.#fail(new Error(`the ingress ended its thread with exit code ${code}`));
    });
    this.#openCode();
  }

  #openCode(): void {
    this.#closers = this.#sources.flatMap((source, index) => {
      if (source.kind !== 'code') return [];
      let hasEnded = false;
      const close = source.open({
        frame: (text) => {
          this.#send({ type: 'frame', source: index, text });
        },
        opened: () => {
          this.#send({ type: 'opened', source: index });
        },
        closed: (reason) => {
          this.#send({ type: 'closed', source: index, reason });
        },
        ended: () => {
          if (!hasEnded) this.#send({ type: 'ended', source: index });
          hasEnded = true;
        },
      });
      return [close];
    });
  }

  #closeCode(): void {
    for (const close of this.#closers.splice(0)) close();
  }

  #take(message: FromIngress): void {
    switch (message.type) {
      case 'events':
        appendAll(this.#events, message.events);
        return;
      case 'batch':
        this.#hand(message);
        return;
      case 'failed':
        this.#fail(errorOfCrossed(message.failure));
        return;
      case 'end':
        this.#finish();
    }
  }

  #hand(message: BatchMessage): void {
    const { names, length, isLast } = message;
    for (const name of names) this.#symbols.push(name);
    this.#rows += length;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (isLast && !this.#hasCaughtUp) {
      this.#hasCaughtUp = true;
      this.#onCaughtUp();
    }
    waiting?.resolve({ done: false, value: liveBatchOf(message, this.#symbols) });
  }

  #finish(): void {
    this.#isOver = true;
    this.#closeCode();
    this.#waiting?.resolve({ done: true, value: undefined });
    this.#waiting = undefined;
    this.#onOver();
    void this.#worker?.terminate();
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = error;
    this.#closeCode();
    this.#waiting?.reject(error);
    this.#waiting = undefined;
    // It closes its recording.
    setTimeout(() => {
      this.#onOver();
      void this.#worker?.terminate();
    }, PATIENCE / 3).unref();
  }

  /** Ends the feeds at once; the thread counts and records what it gives up. */
  async #abort(): Promise<void> {
    this.#closeCode();
    if (this.#isOver || this.#worker === undefined) {
      this.#isOver = true;
      return;
    }
    const over = new Promise<void>((resolve) => {
      this.#onOver = resolve;
      setTimeout(resolve, PATIENCE).unref();
    });
    this.#send({ type: 'abort' });
    // The thread says its last to anyone who asks.
    this.#send({ type: 'pull' });
    await over;
    this.#isOver = true;
    await this.#worker.terminate();
  }

  #send(message: ToIngress): void {
    if (!this.#isOver) this.#worker?.postMessage(message);
  }
}
