import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { refusalOf, targetOf } from './access';
import type { AccessRules, Refusal } from './access';
import { isLoopback } from './address';
import type { Address } from './address';
import { SECURITY_HEADERS } from './securityHeaders';

/** What a request is answered with. */
export interface Answer {
  readonly status?: number;
  /** The media type. */
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpServerOptions {
  readonly address: Address;
  /** Required of every request; needed unless the address is a loopback one. */
  readonly token?: string;
  /** Answers GET and HEAD; undefined: there is no such thing. What it throws is answered with 500. */
  readonly answer: (url: URL) => Answer | undefined | Promise<Answer | undefined>;
  /** The process may end although the server is open. Default: false. */
  readonly isBackground?: boolean;
  /** Takes the socket of a request that wants to switch protocols, and has passed the rules. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

export interface HttpServer {
  /** Where it listens; the port is the real one. */
  readonly address: Address;
  close(): Promise<void>;
}

/** Requests of a few hundred bytes need no more. */
const MOST_HEADER_BYTES = 16 * 1024;
const MOST_CONNECTIONS = 256;
/** Milliseconds that answers on their way have when the server closes. */
const CLOSING = 500;
/** Below, packing takes longer than sending. */
const LEAST_TO_PACK = 1024;
const TEXT = 'text/plain; charset=utf-8';

const pack = promisify(gzip);

/**
 * A server that shows and changes nothing: GET and HEAD alone, every answer with the security headers.
 * Rejects with the system's error where it cannot listen, and throws a `RangeError` for an address
 * that others reach, without a token.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { address, token } = options;
  if (token === undefined && !isLoopback(address.host)) {
    throw new RangeError(`a token is needed to listen on ${address.host}`);
  }
  const rules = { port: address.port, ...(token === undefined ? {} : { token }) };
  const server = createServer({ maxHeaderSize: MOST_HEADER_BYTES }, (request, response) => {
    void respond(request, response, rules, options);
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('clientError', refuseMalformed);
  server.on('upgrade', (request, socket: Duplex, head) => {
    const refusal = upgradeRefusal(request, rules, options);
    if (refusal !== undefined) writeRaw(socket, refusal);
    else options.upgrade?.(request, socket, head);
  });
  if (options.isBackground === true) {
    server.unref();
    server.on('connection', (socket) => socket.unref());
  }
  rules.port = await listening(server, address);
  return {
    address: { host: address.host, port: rules.port },
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          clearTimeout(timer);
          closed();
        });
        server.closeIdleConnections();
        const timer = setTimeout(() => {
          server.closeAllConnections();
        }, CLOSING);
      }),
  };
}

const listening = (server: Server, { host, port }: Address): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  rules: AccessRules,
  { answer }: HttpServerOptions,
): Promise<void> {
  try {
    const refusal = refusalOf(request, rules);
    const found =
      refusal === undefined
        ? await answer(targetOf(request))
        : { type: TEXT, ...answerOf(refusal) };
    await send(request, response, found ?? { status: 404, type: TEXT, body: 'Not found.\n' });
  } catch {
    // Its message may hold paths of this machine.
    await send(request, response, { status: 500, type: TEXT, body: 'Internal error.\n' });
  }
}

const answerOf = ({ status, text, headers = {} }: Refusal) => ({
  status,
  body: `${text}\n`,
  headers,
});

async function send(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { status = 200, type, body, headers: more = {} }: Answer,
): Promise<void> {
  if (response.headersSent || response.destroyed) return;
  const plain = typeof body === 'string' ? Buffer.from(body) : body;
  const isPacked =
    plain.length >= LEAST_TO_PACK && /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
  const bytes = isPacked ? await pack(plain, { level: 1 }) : plain;
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': type,
    'content-length': bytes.length,
    vary: 'accept-encoding',
    ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    ...more,
  });
  response.end(method === 'HEAD' ? undefined : bytes);
}

/** A browser names its page at every switch of protocols: without an origin it is none. */
function upgradeRefusal(
  request: IncomingMessage,
  rules: AccessRules,
  { upgrade }: HttpServerOptions,
): Refusal | undefined {
  if (upgrade === undefined) return { status: 404, text: 'Not found.' };
  if (request.headers.origin === undefined) return { status: 403, text: 'An origin is required.' };
  return refusalOf(request, rules);
}

const REASONS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: { status: 431, text: 'The headers are too long.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, text: 'The request took too long.' },
};

function refuseMalformed({ code = '' }: NodeJS.ErrnoException, socket: Duplex): void {
  writeRaw(socket, REASONS[code] ?? { status: 400, text: 'This is no HTTP request.' });
}

/** An answer where there is no response object. */
function writeRaw(socket: Duplex, { status, text, headers = {} }: Refusal): void {
  if (!socket.writable) return;
  socket.on('error', () => undefined);
  const lines = Object.entries({
    ...SECURITY_HEADERS,
    'content-type': TEXT,
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${text}`, () => {
    socket.destroy();
  });
}
