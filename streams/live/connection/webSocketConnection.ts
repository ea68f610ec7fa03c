import { WebSocket } from 'ws';
import type { RawData } from 'ws';
import { Backoff } from './backoff';
import type { ConnectionSink, FeedConnection } from './feedConnection';

export interface WebSocketConnectionOptions {
  readonly url: string;
  /** Sent after each connection. */
  readonly subscribe: readonly string[];
  /** Milliseconds without a frame after which the connection is taken for dead. */
  readonly staleMs: number;
  readonly handshakeMs?: number;
  readonly random?: () => number;
}

const PING_MS = 5_000;
const HANDSHAKE_MS = 10_000;
/** A frame that is longer ends the connection. */
const MAX_PAYLOAD = 1024 * 1024;
/** A server has so long to answer a close. */
const CLOSE_MS = 1_000;
/** What the server says by an answer that is worth another attempt. */
const WORTH_ANOTHER = [408, 425, 429];
const isBusyAnswer = (status: number): boolean => status === 429 || status === 503;

/**
 * Keeps a WebSocket connected: it connects anew whenever it is closed or stale, and subscribes each time.
 * It never pauses the socket: a venue that cuts slow readers is to find none.
 */
export class WebSocketConnection implements FeedConnection {
  readonly #options: WebSocketConnectionOptions;
  readonly #sink: ConnectionSink;
  readonly #backoff: Backoff;
  #socket: WebSocket | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pings: ReturnType<typeof setInterval> | undefined;
  #isClosing = false;
  #wasOpen = false;
  #reason: string | undefined;
  #lastFrame = 0;

  constructor(options: WebSocketConnectionOptions, sink: ConnectionSink) {
    this.#options = options;
    this.#sink = sink;
    this.#backoff = new Backoff(options.random);
    this.#connect();
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#retry);
    const socket = this.#socket;
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) return;
    await new Promise<void>((resolve) => {
      const patience = setTimeout(() => {
        socket.terminate();
        resolve();
      }, CLOSE_MS);
      socket.once('close', () => {
        clearTimeout(patience);
        resolve();
      });
      if (socket.readyState === WebSocket.OPEN) socket.close(1000);
      else socket.terminate();
    });
  }

  #connect(): void {
    const { url, handshakeMs = HANDSHAKE_MS } = this.#options;
    const socket = new WebSocket(url, {
      handshakeTimeout: handshakeMs,
      perMessageDeflate: false,
      maxPayload: MAX_PAYLOAD,
    });
    this.#socket = socket;
    this.#reason = undefined;
    let isOpen = false;
    let isBusy = false;
    socket.on('open', () => {
      isOpen = true;
      this.#wasOpen = true;
      this.#lastFrame = performance.now();
      this.#sink.opened();
      for (const text of this.#options.subscribe) socket.send(text);
      this.#watch(socket);
    });
    socket.on('message', (data: RawData, isBinary: boolean) => {
      this.#lastFrame = performance.now();
      this.#backoff.reset();
      if (isBinary) this.#sink.bytes();
      // With no fragments asked for, a text is one Buffer.
      else this.#sink.text((data as Buffer).toString('utf8'));
    });
    socket.on('unexpected-response', (_request, { statusCode = 0 }) => {
      this.#reason = `the server answered ${statusCode}`;
      isBusy = isBusyAnswer(statusCode);
      const isRefused =
        statusCode >= 400 && statusCode < 500 && !WORTH_ANOTHER.includes(statusCode);
      if (isRefused && !this.#wasOpen) {
        this.#isClosing = true;
        this.#sink.failed(
          `refused the connection with status ${statusCode}`,
          'Check the address and the names of the streams.',
        );
      }
      socket.terminate();
    });
    socket.on('error', (error) => {
      this.#reason ??= error.message;
    });
    socket.on('close', (code, text) => {
      clearInterval(this.#pings);
      const said = text.length === 0 ? '' : ` ${text.toString('utf8')}`;
      const reason = this.#reason ?? `closed with code ${code}${said}`;
      if (isOpen || !this.#isClosing) this.#sink.closed(reason);
      if (this.#isClosing) return;
      this.#retry = setTimeout(() => {
        this.#connect();
      }, this.#backoff.next(isBusy));
    });
  }

  /** Pings, and takes a connection without frames for dead: some proxies answer pings of a dead feed. */
  #watch(socket: WebSocket): void {
    const { staleMs } = this.#options;
    let pinged = performance.now();
    this.#pings = setInterval(
      () => {
        const now = performance.now();
        if (now - this.#lastFrame > staleMs) {
          this.#reason = `stale: no frame for ${staleMs / 1_000} s`;
          socket.terminate();
        } else if (now - pinged >= PING_MS) {
          pinged = now;
          socket.ping();
        }
      },
      Math.min(PING_MS, Math.max(staleMs / 4, 10)),
    );
  }
}
