import type { Head } from './formats';
import { messageOf } from './messageOf';
import { plainBytes } from './csv/plainBytes';
import { SourceError } from './sourceError';
import type { Compression } from './compression/compression';
import { readEntry } from './compression/zipEntry';

/** As much as tells what a file is, unless its rows are very long. */
const HEAD_BYTES = 256 * 1024;

/** Room for rows of which each is as long as a row may be. */
export const LARGE_HEAD_BYTES = 48 * 1024 * 1024;

export interface FileHead extends Head {
  /** Name of the file in the zip. */
  readonly entry?: string;
}

/** The beginning of a file, however it is wrapped. */
export async function readHead(
  path: string,
  compression: Compression,
  bytesWanted = HEAD_BYTES,
): Promise<FileHead> {
  const pieces: Buffer[] = [];
  let length = 0;
  const take = (piece: Buffer): boolean => {
    pieces.push(piece);
    length += piece.length;
    return length < bytesWanted;
  };
  if (compression === 'zip') {
    const entry = await readEntry(path, take);
    return { path, entry, bytes: Buffer.concat(pieces), ended: length < bytesWanted };
  }
  try {
    for await (const bytes of plainBytes(path, compression)) if (!take(bytes)) break;
  } catch (error) {
    throw unpackingError(path, error);
  }
  return { path, bytes: Buffer.concat(pieces), ended: length < bytesWanted };
}

/** What a packed file's decoder complains of, in our words. */
export function unpackingError(path: string, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const message = messageOf(error);
  if (/unexpected (end of file|EOF)/i.test(message)) {
    return new SourceError(
      'SOURCE_TRUNCATED',
      path,
      'ends too early: part of the packed file is missing',
      'Fetch or copy the file again.',
      { cause: error },
    );
  }
  return new SourceError(
    'SOURCE_DAMAGED',
    path,
    `cannot be unpacked (${message})`,
    'Fetch or copy the file again.',
    { cause: error },
  );
}

/** The head as text; refuses what is none. */
export function textOf({ path, bytes }: Head, encoding = 'utf-8'): string {
  try {
    return checkText(
      path,
      new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true }),
    );
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw noText(path, `is no text in ${encoding.toUpperCase()}`, error);
  }
}

function checkText(path: string, text: string): string {
  if (text.includes('\u0000')) throw noText(path, 'is no text: it has bytes of 0 in it');
  if (text.trim() === '') {
    throw new SourceError(
      'SOURCE_EMPTY',
      path,
      'has nothing in it',
      'Check how the file was made.',
    );
  }
  return text;
}

const noText = (path: string, found: string, cause?: unknown): SourceError =>
  new SourceError(
    'SOURCE_NOT_TABULAR',
    path,
    found,
    'Give CSV in UTF-8 or UTF-16, or say its --encoding, such as windows-1252 (plain, .gz, .zst, or alone in a .zip), Parquet, Arrow IPC, or what `barometer formats` lists.',
    { cause },
  );
