import { connect } from 'node:net';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Address } from '../../../src/server';

export interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request as any program may make it, forbidden headers included. */
export const ask = (
  { host, port }: Address,
  path: string,
  headers: OutgoingHttpHeaders = {},
  method = 'GET',
): Promise<Response> =>
  new Promise((resolve, reject) => {
    request({ host, port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status = 0, headers: found } = response;
        resolve({ status, headers: found, body: Buffer.concat(chunks) });
      });
    })
      .on('error', reject)
      .end();
  });

/** What comes back for bytes that need not be HTTP. */
export const send = ({ host, port }: Address, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, host, () => socket.write(bytes));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => {
      resolve(answer);
    });
    socket.on('error', reject);
  });
