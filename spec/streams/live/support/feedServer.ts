import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

/** A local venue: what is sent goes to whoever is connected. */
export class FeedServer {
  readonly #http: Server;
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #raw = new Set<Socket>();
  /** What clients have sent. */
  readonly received: string[] = [];
  /** Paths of the connections. */
  readonly paths: (string | undefined)[] = [];
  connections = 0;
  /** Milliseconds that it takes to answer a handshake; refuses it with a status where that is 400 and more. */
  handshakeMs = 0;
  refusesWith = 0;
  client: WebSocket | undefined;
  #onClient: (() => void)[] = [];

  private constructor(http: Server) {
    this.#http = http;
    http.on('connection', (socket) => {
      this.#raw.add(socket);
      socket.on('close', () => this.#raw.delete(socket));
    });
    http.on('upgrade', (request, socket, head) => {
      setTimeout(() => {
        if (this.refusesWith > 0) {
          socket.end(`HTTP/1.1 ${this.refusesWith} No\r\nContent-Length: 0\r\n\r\n`);
          return;
        }
        this.#sockets.handleUpgrade(request, socket, head, (client) => {
          this.connections += 1;
          this.paths.push(request.url);
          this.client = client;
          client.on('message', (data) => this.received.push((data as Buffer).toString()));
          client.on('error', () => undefined);
          client.on('close', () => {
            if (this.client === client) this.client = undefined;
          });
          for (const resolve of this.#onClient.splice(0)) resolve();
        });
      }, this.handshakeMs);
    });
  }

  static async open(): Promise<FeedServer> {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new FeedServer(http);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}/`;
  }

  /** Settles when a client is connected. */
  async connected(): Promise<void> {
    if (this.client !== undefined) return;
    await new Promise<void>((resolve) => this.#onClient.push(resolve));
  }

  /** Whether somebody was there to send it to. */
  send(frame: string | Buffer): boolean {
    if (this.client?.readyState !== 1) return false;
    this.client.send(frame, { binary: typeof frame !== 'string' });
    return true;
  }

  /** Cuts the connection without a word. */
  cut(): void {
    this.client?.terminate();
    this.client = undefined;
  }

  async close(): Promise<void> {
    this.cut();
    for (const socket of this.#raw) socket.destroy();
    await new Promise<void>((resolve) =>
      this.#http.close(() => {
        resolve();
      }),
    );
  }
}

export const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
