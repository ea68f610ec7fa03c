import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { constants, createGunzip } from 'node:zlib';
import { JournalError, reasonOf, systemCodeOf } from './journalError';
import { checkRegularFile } from './regularFile';

export interface Line {
  /** The first one is 1. */
  readonly number: number;
  readonly text: string;
  /** Where the next line begins. */
  readonly end: number;
}

/** Where to go on reading: `number` lines have been read, which are `bytes` bytes. */
export interface JournalPlace {
  readonly number: number;
  readonly bytes: number;
}

export interface LinesOptions {
  /** After these lines; from the beginning unless given, and where the file is compressed. */
  readonly after?: JournalPlace | undefined;
  /** Goes on at the end of the file with what is still being written to it, until this signal says enough. */
  readonly follow?: AbortSignal | undefined;
}

const NEWLINE = 10;
const CHUNK = 256 * 1024;
const POLL = 100;
/** No event is as long as that. */
const LONGEST = 64 * 2 ** 20;

/**
 * The whole lines of a file, in the chunks in which they are read; a last line without an end is
 * still being written, or torn, and left out. Compressed files are recognized by their first bytes.
 */
export async function* lines(path: string, options: LinesOptions = {}): AsyncGenerator<Line[]> {
  let number = 0;
  let bytes = 0;
  let begun: Buffer[] = [];
  let begunBytes = 0;
  try {
    checkRegularFile(path);
    const packed = await isCompressed(path);
    // What is compressed can only be read from its beginning.
    if (!packed && options.after !== undefined) ({ number, bytes } = options.after);
    for await (const chunk of packed ? unpacked(path) : chunks(path, bytes, options.follow)) {
      const found: Line[] = [];
      let from = 0;
      for (;;) {
        const to = chunk.indexOf(NEWLINE, from);
        if (to === -1) break;
        const rest = chunk.subarray(from, to);
        const line = begun.length === 0 ? rest : Buffer.concat([...begun, rest]);
        begun = [];
        begunBytes = 0;
        number += 1;
        bytes += line.length + 1;
        found.push({ number, text: line.toString('utf8'), end: bytes });
        from = to + 1;
      }
      if (from < chunk.length) {
        // The chunk's memory is used again for the next one.
        begun.push(Buffer.from(chunk.subarray(from)));
        begunBytes += chunk.length - from;
      }
      if (begunBytes > LONGEST) {
        throw new JournalError('JOURNAL_INVALID', path, 'a line without an end', number + 1);
      }
      if (found.length > 0) yield found;
    }
  } catch (error) {
    if (error instanceof JournalError) throw error;
    throw unreadable(path, error);
  }
}

async function* chunks(path: string, from: number, follow?: AbortSignal): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    for (let position = from; ;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, position);
      position += bytesRead;
      if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
      else if (follow === undefined || follow.aborted) return;
      else await wait(POLL, undefined, { signal: follow }).catch(() => undefined);
    }
  } finally {
    await file.close();
  }
}

async function isCompressed(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** What can be unpacked of it: the last line of a truncated file is torn like any other. */
function unpacked(path: string): AsyncIterable<Buffer> {
  const stream = createReadStream(path);
  const packed = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  stream.on('error', (error) => packed.destroy(error));
  return stream.pipe(packed);
}

function unreadable(path: string, cause: unknown): JournalError {
  const code = systemCodeOf(cause);
  if (code === 'ENOENT') {
    return new JournalError('JOURNAL_MISSING', path, 'there is no such file.', undefined, cause);
  }
  return new JournalError('JOURNAL_UNREADABLE', path, reasonOf(cause), undefined, cause);
}
