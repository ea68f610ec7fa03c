import type { AppendFile } from './appendFile';

export interface AppenderOptions {
  /** Every append is followed by a sync before it counts as flushed. */
  readonly fsync?: boolean;
  /** This many bytes may wait for the disk before the run is held. */
  readonly highWaterMark?: number;
  /** With this many waiting even so, the file is given up as one that takes nothing. */
  readonly maxBuffered?: number;
  /** Holds the run; returns how to let it go on. */
  readonly hold?: () => () => void;
  /** Called with the mark of the last bytes that are safe. */
  readonly flushed?: (mark: number) => void;
  /** Called once, when something cannot be written; nothing is written after that. */
  readonly failed?: (error: unknown) => void;
}

const MIB = 2 ** 20;
const HOLD_AT = 8 * MIB;
const GIVE_UP_AT = 256 * MIB;
/** Milliseconds that a write under way has to finish while the process ends. */
const PATIENCE = 300;

/**
 * Appends to a file while the producer goes on: one write is under way at a time, and what
 * comes meanwhile goes with the next one. What waits is bounded: from a mark on the run is held
 * until half of it is written.
 */
export class Appender {
  readonly #file: AppendFile;
  readonly #options: AppenderOptions;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #mark = 0;
  #written = 0;
  #pump: Promise<void> | undefined;
  #letGo: (() => void) | undefined;
  #hasFailed = false;
  /** Bytes that are being written. */
  #underWay = 0;

  constructor(file: AppendFile, options: AppenderOptions = {}) {
    this.#file = file;
    this.#options = options;
  }

  /** Bytes that are safe. */
  get bytes(): number {
    return this.#written;
  }

  /** Whole lines or blocks: a file that is given up ends with the last whole one. `mark` names their end. */
  push(bytes: Uint8Array, mark: number): void {
    if (this.#hasFailed) return;
    const {
      highWaterMark: holdAt = HOLD_AT,
      maxBuffered: giveUpAt = GIVE_UP_AT,
      hold,
    } = this.#options;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#mark = mark;
    if (this.#waitingBytes >= giveUpAt) {
      const waits = this.#waitingBytes.toLocaleString('en-US');
      this.#fail(new Error(`the disk takes nothing more: ${waits} bytes wait for it`));
      return;
    }
    if (this.#waitingBytes >= holdAt) this.#letGo ??= hold?.();
    this.#pump ??= this.#write();
  }

  /** Resolves when all is written, or given up, and the file is closed. */
  async close(): Promise<void> {
    await this.#pump;
    this.#file.close();
  }

  /** Gives the file up: nothing is written after that. */
  fail(error: unknown): void {
    this.#fail(error);
  }

  /** Writes all that waits before it returns, while the process ends; false where that cannot be. */
  closeNow(): boolean {
    const file = this.#file;
    if (this.#hasFailed || file.size === undefined || file.appendNow === undefined) return false;
    this.#hasFailed = true;
    try {
      // A write under way goes on in its own thread; appending before its end would tear it.
      const end = this.#written + this.#underWay;
      const until = performance.now() + PATIENCE;
      while (file.size() < end) if (performance.now() > until) return false;
      for (const bytes of this.#waiting) file.appendNow(bytes);
      return true;
    } catch {
      return false;
    }
  }

  async #write(): Promise<void> {
    const { fsync = false, highWaterMark: holdAt = HOLD_AT, flushed } = this.#options;
    while (this.#waiting.length > 0 && !this.#hasFailed) {
      const bytes = this.#waiting.length === 1 ? this.#waiting[0] : Buffer.concat(this.#waiting);
      const mark = this.#mark;
      this.#waiting = [];
      this.#underWay = bytes?.length ?? 0;
      try {
        await this.#file.append(bytes as Uint8Array);
        if (fsync) await this.#file.sync();
      } catch (error) {
        await this.#file.cut(this.#written).catch(() => undefined);
        this.#fail(error);
        break;
      }
      this.#written += bytes?.length ?? 0;
      this.#underWay = 0;
      this.#waitingBytes -= bytes?.length ?? 0;
      flushed?.(mark);
      if (this.#waitingBytes <= holdAt / 2) this.#release();
    }
    this.#pump = undefined;
  }

  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#release();
    this.#options.failed?.(error);
  }

  #release(): void {
    const letGo = this.#letGo;
    this.#letGo = undefined;
    letGo?.();
  }
}
