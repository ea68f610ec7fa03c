import { constants, createWriteStream, openSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { messageOf } from './messageOf';
import { createTempFolder, temporaryError } from './order/tempFolder';
import { SourceError } from './sourceError';

/** Whether a path is a pipe, which can be read once only: `-` is the standard input. */
export function isPipe(path: string): boolean {
  if (path === '-') return true;
  try {
    const status = statSync(path);
    return status.isFIFO() || status.isSocket();
  } catch {
    return false;
  }
}

/**
 * Writes what comes through a pipe to a temporary file, which is there until the process ends, and
 * returns its path: a file is read several times.
 */
export async function spoolPipe(path: string, tempDirectory?: string): Promise<string> {
  const target = join(createTempFolder(tempDirectory), path === '-' ? 'stdin' : 'pipe');
  try {
    await pipeline(openPipe(path), createWriteStream(target, { flags: 'wx' }));
  } catch (found) {
    const error = temporaryError(path, found);
    if (error instanceof SourceError) throw error;
    throw new SourceError(
      'SOURCE_UNREADABLE',
      path,
      `cannot be read (${messageOf(error)})`,
      'Write it to a file first.',
      { cause: error },
    );
  }
  if (statSync(target).size > 0) return target;
  throw new SourceError(
    'SOURCE_EMPTY',
    path,
    path === '-' ? 'the standard input is empty' : 'is a pipe that nothing is written to',
    'Start the program that writes to it first, for instance curl … | barometer replay -.',
  );
}

/** Without waiting for a writer: that could not be interrupted. */
function openPipe(path: string): NodeJS.ReadableStream {
  if (path === '-') return process.stdin;
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return new Socket({ fd, readable: true, writable: false });
}
