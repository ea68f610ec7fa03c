import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Collector {
  readonly url: URL;
  /** Bodies of the requests so far. */
  readonly bodies: string[];
  /** Paths of the requests so far. */
  readonly paths: string[];
  readonly requests: IncomingMessage[];
  close(): void;
}

/** A collector on this machine that answers as told. */
export async function collector(
  answer: (response: ServerResponse, bodies: readonly string[]) => void = (response) =>
    response.end('{}'),
): Promise<Collector> {
  const bodies: string[] = [];
  const paths: string[] = [];
  const requests: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    requests.push(request);
    paths.push(request.url ?? '');
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(body);
      answer(response, bodies);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    bodies,
    paths,
    requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
