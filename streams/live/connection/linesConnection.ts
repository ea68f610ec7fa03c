import { createReadStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import type { Readable } from 'node:stream';
import type { ConnectionSink, FeedConnection } from './feedConnection';

/** A line longer than this is cut: it is no frame, and memory stays bounded. */
const LONGEST_LINE = 1024 * 1024;

/** Frames on a file descriptor, a line each. It ends when the other side does. */
export class LinesConnection implements FeedConnection {
  readonly #stream: Readable;

  constructor(sink: ConnectionSink, fd = 0) {
    const status = fstatSync(fd);
    const isFile = status.isFile() || status.isCharacterDevice();
    const stream = isFile
      ? createReadStream('', { fd, autoClose: false })
      : new Socket({ fd, readable: true, writable: false });
    this.#stream = stream;
    const decoder = new StringDecoder('utf8');
    let rest = '';
    sink.opened();
    stream.on('data', (bytes: Buffer) => {
      const lines = (rest + decoder.write(bytes)).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) rest = rest.slice(0, LONGEST_LINE);
      for (const line of lines) {
        const text = line.endsWith('\r') ? line.slice(0, -1) : line;
        if (text !== '') sink.text(text);
      }
    });
    stream.on('error', (error: Error) => {
      sink.closed(error.message);
      sink.ended();
    });
    stream.on('end', () => {
      if (rest !== '') sink.text(rest);
      sink.closed('its end was reached');
      sink.ended();
    });
  }

  close(): Promise<void> {
    this.#stream.removeAllListeners('data');
    this.#stream.destroy();
    return Promise.resolve();
  }
}
