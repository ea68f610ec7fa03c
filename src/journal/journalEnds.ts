import { createReadStream } from 'node:fs';
import { constants, createGunzip } from 'node:zlib';
import { JournalError, reasonOf } from './journalError';
import { checkRegularFile, readPiece } from './regularFile';

/** The beginning and the end of a journal, of a compressed one unpacked. */
interface JournalEnds {
  /** At least the first line, where it is shorter than `MOST`. */
  readonly head: string;
  /** Whole lines; torn ends and a begun first line are left out. */
  readonly tail: readonly string[];
  /** Of the file at present. */
  readonly bytes: number;
}

const HEAD = 64 * 1024;
const TAIL = 1024 * 1024;
/** No end of a journal that is longer is looked at: memory stays bounded. */
const MOST = 16 * 1024 * 1024;

/** Throws a `JournalError` where the file cannot be read. */
export async function journalEnds(path: string): Promise<JournalEnds> {
  const bytes = checkRegularFile(path).size;
  try {
    const start = readPiece(path, 0, 2);
    if (start[0] === 0x1f && start[1] === 0x8b) return { ...(await unpackedEnds(path)), bytes };
    return { head: headOf(path, bytes), tail: tailOf(path, bytes), bytes };
  } catch (error) {
    if (error instanceof JournalError) throw error;
    throw new JournalError('JOURNAL_UNREADABLE', path, reasonOf(error), undefined, error);
  }
}

/** The beginning of a journal that is not compressed, its first line included. */
export function headOf(path: string, bytes: number): string {
  for (let length = HEAD; ; length *= 4) {
    const head = readPiece(path, 0, Math.min(length, bytes));
    if (length >= bytes || length >= MOST || head.includes(10)) return head.toString('utf8');
  }
}

function tailOf(path: string, bytes: number): string[] {
  for (let length = TAIL; ; length *= 4) {
    const from = Math.max(0, bytes - length);
    const lines = wholeLines(readPiece(path, from, bytes - from), from === 0);
    if (lines.length > 0 || from === 0 || length >= MOST) return lines;
  }
}

function wholeLines(piece: Buffer, isFromStart: boolean): string[] {
  const lines = piece.toString('utf8').split('\n').slice(0, -1);
  return isFromStart ? lines : lines.slice(1);
}

async function unpackedEnds(path: string): Promise<Pick<JournalEnds, 'head' | 'tail'>> {
  const stream = createReadStream(path);
  const unpacking = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  stream.on('error', (error) => unpacking.destroy(error));
  const head: Buffer[] = [];
  let headBytes = 0;
  let hasHead = false;
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let limit = 2 * TAIL;
  let total = 0;
  for await (const chunk of stream.pipe(unpacking) as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (!hasHead) {
      head.push(chunk);
      headBytes += chunk.length;
      hasHead = chunk.includes(10) || headBytes >= MOST;
    }
    tail.push(chunk);
    tailBytes += chunk.length;
    if (tailBytes < limit) continue;
    const kept = Buffer.concat(tail).subarray(-MOST);
    // Short of a whole line, more is kept.
    const end =
      kept.indexOf(10, Math.max(0, kept.length - TAIL)) === -1 ? kept : kept.subarray(-TAIL);
    tail = [Buffer.from(end)];
    tailBytes = end.length;
    // What is kept is copied only after as much again has come.
    limit = 2 * TAIL + 2 * end.length;
  }
  const rest = Buffer.concat(tail);
  return {
    head: Buffer.concat(head).toString('utf8'),
    tail: wholeLines(rest, rest.length === total),
  };
}
