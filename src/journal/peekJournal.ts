import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { hostname } from 'node:os';
import { constants, gunzipSync } from 'node:zlib';
import { JournalError, reasonOf } from './journalError';
import type { PipelineEvent } from '../../streams/events';
import type { JournalEntry, JournalHeader } from './journalEntry';
import { entryIn, headerIn } from './journalLine';

type EventOf<T> = Extract<PipelineEvent, { readonly type: T }>;

/** What the two ends of a journal tell without reading it all. */
export interface JournalSummary {
  readonly path: string;
  /** Of the file as it is. */
  readonly bytes: number;
  readonly header: JournalHeader;
  /** The latest whole event; undefined where there is none yet. */
  readonly last?: JournalEntry;
  /** The latest that tells how far the input was read, if it is near the end. */
  readonly ingested?: EventOf<'ingested'>;
}

/** `interrupted`: its process is gone, and had not come to the end. */
export type Liveness = 'running' | 'interrupted' | 'finished';

const HEAD = 64 * 1024;
const TAIL = 1024 * 1024;

/** Throws a `JournalError` where there is no journal, or nothing in it yet. */
export function peekJournal(path: string): JournalSummary {
  const { head, tail, bytes } = ends(path);
  const end = head.indexOf('\n');
  if (head === '' || (end === -1 && head.startsWith('{"seq":0,"type":"journal"'))) {
    throw new JournalError('EMPTY_JOURNAL', path, 'nothing has been written to it yet.');
  }
  const header = headerIn(end === -1 ? head : head.slice(0, end), path);
  const lines = tail.split('\n').slice(0, -1);
  const last = latest(lines, () => true);
  const ingested = latest(lines, (line) => line.includes('"type":"ingested"'))?.event;
  return {
    path,
    bytes,
    header,
    ...(last === undefined ? {} : { last }),
    ...(ingested?.type === 'ingested' ? { ingested } : {}),
  };
}

function latest(
  lines: readonly string[],
  fits: (line: string) => boolean,
): JournalEntry | undefined {
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    const line = lines[i] as string;
    const entry = fits(line) ? entryIn(line) : '';
    if (typeof entry !== 'string') return entry;
  }
  return undefined;
}

/** Whether a run is still under way; on another machine nobody can tell, so it is if it did not end. */
export function livenessOf(header: JournalHeader, hasFinished: boolean): Liveness {
  if (hasFinished) return 'finished';
  return header.host !== hostname() || lives(header.pid) ? 'running' : 'interrupted';
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function ends(path: string): { head: string; tail: string; bytes: number } {
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const bytes = fstatSync(fd).size;
    const head = piece(fd, 0, HEAD);
    if (head[0] === 0x1f && head[1] === 0x8b) {
      const whole = gunzipSync(readFileSync(fd), { finishFlush: constants.Z_SYNC_FLUSH });
      return { head: text(whole.subarray(0, HEAD)), tail: text(whole.subarray(-TAIL)), bytes };
    }
    return { head: text(head), tail: text(piece(fd, Math.max(0, bytes - TAIL), TAIL)), bytes };
  } catch (error) {
    throw new JournalError('JOURNAL_UNREADABLE', path, reasonOf(error), undefined, error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function piece(fd: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(fd, buffer, 0, length, position));
}

const text = (bytes: Buffer): string => bytes.toString('utf8');
