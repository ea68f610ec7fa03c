import type { Micros } from '../bars/bar';
import { SourceError } from '../sources/sourceError';
import type { ConnectionSink, FeedConnection } from './connection/feedConnection';
import { openConnection } from './connection/openConnection';
import { crossedFailureOf } from './crossedFailure';
import { Ingress } from './ingress';
import { ingressSourceOf } from './ingressOptions';
import type { FromIngress, IngressWork, ToIngress } from './ingressMessages';
import { receiveClock } from './receiveClock';
import { ReceiveTimer } from './receiveTimer';
import { RecordingWriter } from './recording/recordingWriter';
import type { RecordingEntry } from './recording/recordingLine';

/** Rows that are handed over at once, at most. */
const MOST_ROWS = 512;
/** How often counts leave, in milliseconds. */
const EVENTS_MS = 200;

/**
 * The ingress thread at work: connections, the ingress and the recording. Each frame is stamped as
 * the first thing that is done with it, and windows close on time though no frame comes.
 */
export class IngressLoop {
  readonly #work: IngressWork;
  readonly #post: (message: FromIngress) => void;
  readonly #ingress: Ingress;
  readonly #clock: () => Micros;
  readonly #recording: RecordingWriter | undefined;
  readonly #connections: FeedConnection[] = [];
  readonly #events: ReturnType<typeof setInterval>;
  /** The session ends. */
  readonly #deadline: ReceiveTimer;
  readonly #timer: ReceiveTimer;
  #latest: Micros = -Infinity;
  #isWanted = false;
  #named = 0;
  /** Sources that may still deliver. */
  #alive: number;
  /** Nothing is received any more. */
  #isStopping = false;
  /** The sources and the recording are closed. */
  #isClosed = false;
  #isOver = false;

  constructor(work: IngressWork, post: (message: FromIngress) => void) {
    this.#work = work;
    this.#post = post;
    this.#clock = receiveClock(work.clock);
    this.#alive = work.sources.length;
    const { sources, record, until } = work;
    this.#recording = record === undefined ? undefined : this.#recordTo(record);
    this.#ingress = new Ingress({
      ...work,
      sources: sources.map(({ name, kind, reading }) => ({
        ...ingressSourceOf(name, reading),
        isInCode: kind === 'code',
      })),
      onLost: (ordinal, why) => {
        this.#recording?.lose(ordinal, why);
      },
    });
    this.#ingress.queue.isBounded = work.isBounded;
    this.#events = setInterval(() => {
      this.#sendEvents();
    }, EVENTS_MS);
    this.#timer = new ReceiveTimer(this.#clock, () => {
      this.#onTimer();
    });
    this.#deadline = new ReceiveTimer(this.#clock, () => void this.stop());
    this.#deadline.arm(until ?? Infinity);
    sources.forEach((source, index) => {
      // What is in code is open in its own thread.
      if (source.kind === 'code') return;
      const sink = this.#sinkOf(index);
      this.#connections.push(openConnection(source, sink, { staleMs: work.stale / 1_000 }));
    });
  }

  take(message: ToIngress): void {
    switch (message.type) {
      case 'pull':
        this.#isWanted = true;
        this.#deliver();
        return;
      case 'frame':
        this.#receive(message.source, { kind: 'frame', text: message.text });
        return;
      case 'opened':
        this.#receive(message.source, { kind: 'open' });
        return;
      case 'closed':
        this.#receive(message.source, { kind: 'close', reason: message.reason });
        return;
      case 'ended':
        this.#sourceEnded();
        return;
      case 'bound':
        this.#ingress.queue.isBounded = true;
        return;
      case 'stop':
        void this.stop();
        return;
      case 'abort':
        this.#ingress.discard();
        void this.stop();
    }
  }

  /** Ends the sources and the recording; what waits is handed out before the end. */
  async stop(): Promise<void> {
    if (this.#isStopping) return;
    this.#isStopping = true;
    this.#deadline.cancel();
    this.#timer.cancel();
    const at = this.#stamp();
    this.#ingress.advance(at);
    this.#deliver();
    await Promise.all(this.#connections.map((connection) => connection.close()));
    await this.#recording?.end(at);
    clearInterval(this.#events);
    this.#isClosed = true;
    this.#deliver();
  }

  #sinkOf(source: number): ConnectionSink {
    return {
      opened: () => {
        this.#receive(source, { kind: 'open' });
      },
      closed: (reason) => {
        this.#receive(source, { kind: 'close', reason });
      },
      text: (text) => {
        this.#receive(source, { kind: 'frame', text });
      },
      bytes: () => {
        this.#receive(source, { kind: 'bytes' });
      },
      ended: () => {
        this.#sourceEnded();
      },
      failed: (found, advice) => {
        const place = this.#work.sources[source]?.name ?? '';
        this.#fail(new SourceError('SOURCE_UNREADABLE', place, found, advice));
      },
    };
  }

  #sourceEnded(): void {
    this.#alive -= 1;
    if (this.#alive === 0) void this.stop();
  }

  /** The present time; never before the last one. */
  #stamp(): Micros {
    return (this.#latest = Math.max(this.#latest, this.#clock()));
  }

  #receive(
    source: number,
    entry: Extract<RecordingEntry, { kind: 'frame' | 'bytes' | 'open' | 'close' }>,
  ): void {
    const at = this.#stamp();
    if (this.#isStopping) return;
    try {
      this.#recording?.write(source, at, entry);
      switch (entry.kind) {
        case 'frame':
          this.#ingress.frame(source, at, entry.text);
          break;
        case 'bytes':
          this.#ingress.binary(source, at);
          break;
        case 'open':
          this.#ingress.opened(source, at);
          break;
        case 'close':
          this.#ingress.closed(source, at, entry.reason);
      }
      if (this.#work.stopsAtBadRow && this.#ingress.hasBadRows) this.#failAtBadRow(source, entry);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#timer.arm(this.#ingress.nextDue);
    this.#deliver();
  }

  #failAtBadRow(source: number, entry: RecordingEntry): void {
    const text = entry.kind === 'frame' ? entry.text.slice(0, 80) : 'bytes';
    const place = this.#work.sources[source]?.name ?? '';
    throw new SourceError(
      'SOURCE_BAD_ROW',
      place,
      `sent a frame that cannot be read: ${text}`,
      'Check --format, or count such frames with --bad-rows skip.',
    );
  }

  /** Windows close on time without frames. */
  #onTimer(): void {
    if (this.#isStopping) return;
    this.#ingress.advance(this.#stamp());
    this.#timer.arm(this.#ingress.nextDue);
    this.#deliver();
  }

  /** Hands out what waits, if it is wanted; the end, if nothing comes any more. */
  #deliver(): void {
    if (!this.#isWanted || this.#isOver) return;
    const batch = this.#ingress.take(MOST_ROWS);
    if (batch === undefined) {
      if (this.#isClosed) this.#end();
      return;
    }
    this.#isWanted = false;
    const { length, symbol, origin, time, received, close, volume, id, mark, gap } = batch;
    const { symbols, queue } = this.#ingress;
    const names = symbols.slice(this.#named);
    this.#named = symbols.length;
    this.#post({
      type: 'batch',
      names,
      length,
      symbol,
      origin,
      time,
      received,
      price: close,
      size: volume,
      id,
      mark,
      gap,
      isLast: queue.isEmpty,
    });
  }

  #sendEvents(): void {
    if (this.#ingress.hasEvents) {
      this.#post({ type: 'events', events: this.#ingress.takeEvents(this.#latest) });
    }
  }

  #end(): void {
    this.#isOver = true;
    this.#post({ type: 'events', events: this.#ingress.takeEvents(this.#latest, true) });
    this.#post({ type: 'end' });
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#post({ type: 'events', events: this.#ingress.takeEvents(this.#latest, true) });
    this.#post({ type: 'failed', failure: crossedFailureOf(error) });
    this.#isOver = true;
    void this.stop();
  }

  #recordTo(path: string): RecordingWriter {
    const { sources, grace, stale } = this.#work;
    const writer = new RecordingWriter({
      path,
      now: this.#clock,
      onFailure: (reason) => {
        this.#ingress.notes.add({ type: 'unrecorded', at: 0, reason });
      },
    });
    const header = {
      version: 1,
      sources: sources.map(({ name, reading }) => ({ name, ...reading })),
      graceMs: grace / 1_000,
      staleMs: stale / 1_000,
    };
    writer.write(0, this.#stamp(), { kind: 'header', json: JSON.stringify(header) });
    return writer;
  }
}
