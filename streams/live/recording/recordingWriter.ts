import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { constants, createGzip } from 'node:zlib';
import type { Writable } from 'node:stream';
import type { Micros } from '../../bars/bar';
import { recordingLine } from './recordingLine';
import type { RecordingEntry } from './recordingLine';

/** What is written reaches the disk this often. */
const FLUSH_MS = 1_000;
/** Bytes that may wait for the disk: beyond them the recording ends, so that memory stays bounded. */
const MOST_WAITING = 64 * 1024 * 1024;
/** Lines are handed on in pieces of about this many characters. */
const PIECE = 32 * 1024;

interface RecordingWriterOptions {
  /** Compressed where it ends with `.gz`. */
  readonly path: string;
  readonly now: () => Micros;
  /** The recording has ended early; called once. */
  readonly onFailure: (reason: string) => void;
}

/**
 * Writes a recording. It never makes the feed wait and never fails it: where the disk is full or too slow,
 * the recording ends, and says so.
 */
export class RecordingWriter {
  readonly #options: RecordingWriterOptions;
  readonly #file: Writable;
  readonly #gzip: ReturnType<typeof createGzip> | undefined;
  readonly #timer: ReturnType<typeof setInterval>;
  #text = '';
  #source = 0;
  #isOver = false;
  /** Lost rows with numbers in a row that are not written yet. */
  #lost: { kind: 'drop' | 'discard'; from: number; to: number } | undefined;

  constructor(options: RecordingWriterOptions) {
    this.#options = options;
    this.#file = createWriteStream(options.path, { flags: 'wx' });
    const fail = (error: Error): void => {
      this.#fail(error.message);
    };
    this.#file.on('error', fail);
    if (options.path.endsWith('.gz')) {
      this.#gzip = createGzip();
      this.#gzip.on('error', fail);
      this.#gzip.pipe(this.#file);
    }
    this.#timer = setInterval(() => {
      this.#flush();
    }, FLUSH_MS);
  }

  write(source: number, at: Micros, entry: RecordingEntry): void {
    if (this.#isOver) return;
    if (source !== this.#source) {
      this.#source = source;
      this.#append(at, { kind: 'from', source });
    }
    this.#append(at, entry);
  }

  /** Row number `ordinal` was lost before the coordinator had it. */
  lose(ordinal: number, why: 'dropped' | 'discarded'): void {
    const kind = why === 'dropped' ? 'drop' : 'discard';
    if (this.#lost?.kind === kind && this.#lost.to === ordinal - 1) {
      this.#lost.to = ordinal;
      return;
    }
    this.#writeLost();
    this.#lost = { kind, from: ordinal, to: ordinal };
  }

  /** Ends the file valid. */
  async end(at: Micros): Promise<void> {
    clearInterval(this.#timer);
    if (this.#isOver) return;
    this.#writeLost();
    this.#append(at, { kind: 'end' });
    this.#handOn();
    const finished = once(this.#file, 'close').catch(() => undefined);
    (this.#gzip ?? this.#file).end();
    await finished;
    this.#isOver = true;
  }

  #append(at: Micros, entry: RecordingEntry): void {
    this.#text += recordingLine(at, entry);
    if (this.#text.length >= PIECE) this.#handOn();
  }

  #writeLost(): void {
    if (this.#lost === undefined) return;
    const lost = this.#lost;
    this.#lost = undefined;
    this.#append(this.#options.now(), lost);
  }

  #flush(): void {
    this.#writeLost();
    this.#handOn();
    this.#gzip?.flush(constants.Z_SYNC_FLUSH);
  }

  #handOn(): void {
    if (this.#text === '' || this.#isOver) return;
    const to = this.#gzip ?? this.#file;
    to.write(this.#text);
    this.#text = '';
    const waiting = to.writableLength + this.#file.writableLength;
    if (waiting > MOST_WAITING) this.#fail('the disk does not keep up');
  }

  #fail(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#timer);
    this.#text = '';
    this.#gzip?.unpipe();
    this.#gzip?.destroy();
    this.#file.destroy();
    this.#options.onFailure(reason);
  }
}
