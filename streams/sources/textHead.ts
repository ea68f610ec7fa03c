import { messageOf } from './messageOf';
import { SourceError } from './sourceError';
import type { Database } from './duckdb';
import { textPieces, plainBytes } from './textPieces';
import type { Wrapping } from './wrapping';
import { readZipHead } from './zipEntry';

const HEAD_BYTES = 256 * 1024;

export interface TextHead {
  readonly text: string;
  /** Whether the whole file is in it. */
  readonly ended: boolean;
  /** Name of the file in the zip. */
  readonly entry?: string;
}

/** The beginning of a text file, however it is wrapped; refuses what is no text. */
export async function readTextHead(
  path: string,
  wrapping: Wrapping,
  database: Database,
): Promise<TextHead> {
  if (wrapping === 'zstd') return zstdHead(path, database);
  if (wrapping === 'zip') {
    const { name, head, ended } = await readZipHead(path, HEAD_BYTES);
    return { text: decode(path, head), ended, entry: name };
  }
  const pieces: Buffer[] = [];
  let length = 0;
  let ended = true;
  try {
    for await (const bytes of plainBytes(path, wrapping)) {
      pieces.push(bytes);
      length += bytes.length;
      if (length >= HEAD_BYTES) {
        ended = false;
        break;
      }
    }
  } catch (error) {
    throw unpackingError(path, error);
  }
  return { text: decode(path, Buffer.concat(pieces)), ended };
}

async function zstdHead(path: string, database: Database): Promise<TextHead> {
  const pieces: string[] = [];
  let length = 0;
  let ended = true;
  try {
    for await (const piece of textPieces(path, 'zstd', database)) {
      pieces.push(piece);
      length += piece.length;
      if (length >= HEAD_BYTES) {
        ended = false;
        break;
      }
    }
  } catch (error) {
    throw unpackingError(path, error);
  }
  return { text: checkText(path, pieces.join('')), ended };
}

/** What a packed file's decoder complains of, in our words. */
export function unpackingError(path: string, error: unknown): SourceError {
  const message = messageOf(error);
  if (/unexpected end of file/i.test(message)) {
    return new SourceError(
      'truncated',
      path,
      'ends too early: part of the packed file is missing',
      'Fetch or copy the file again.',
      { cause: error },
    );
  }
  return new SourceError(
    'damaged',
    path,
    `cannot be unpacked (${message})`,
    'Fetch or copy the file again.',
    { cause: error },
  );
}

function decode(path: string, bytes: Buffer): string {
  try {
    return checkText(
      path,
      new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }),
    );
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
    throw noText(path, wide ? 'is UTF-16 text' : 'is no text in UTF-8', error);
  }
}

function checkText(path: string, text: string): string {
  if (text.includes('\u0000')) throw noText(path, 'is no text: it has bytes of 0 in it');
  if (text.trim() === '') {
    throw new SourceError('empty', path, 'has nothing in it', 'Check how the file was made.');
  }
  return text;
}

const noText = (path: string, found: string, cause?: unknown): SourceError =>
  new SourceError(
    'not-tabular',
    path,
    found,
    'Give CSV in UTF-8 (plain, .gz, .zst, or alone in a .zip) or Parquet.',
    { cause },
  );
