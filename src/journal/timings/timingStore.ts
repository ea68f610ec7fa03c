import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { createTempFolder, removeTempFolder } from '../../../streams/sources/order/tempFolder';
import { readTimings, timingsIn } from './readTimings';
import type { Timings } from './readTimings';
import type { TimingHead } from './timingFormat';
import type { TimingRecorder } from './timingRecorder';

/** This many services are kept in memory; about 25 bytes each. */
const IN_MEMORY = 4_000_000;

/** Keeps a recorder's blocks until the run's end: in memory, and when they are many, in a temporary file. */
export class TimingStore {
  readonly #recorder: TimingRecorder;
  readonly #most: number;
  #blocks: Buffer[] = [];
  #file: { readonly folder: string; readonly path: string; readonly fd: number } | undefined;

  constructor(recorder: TimingRecorder, most = IN_MEMORY) {
    this.#recorder = recorder;
    this.#most = most;
  }

  /** Before the first item. */
  open(head: TimingHead): void {
    this.#recorder.open(head, (block, rows) => {
      this.#keep(block, rows);
    });
  }

  /** Everything until now. */
  read(): Timings {
    this.#recorder.flush();
    return this.#file === undefined ? timingsIn(this.#blocks) : readTimings(this.#file.path);
  }

  /** Frees memory and file. */
  discard(): void {
    this.#blocks = [];
    if (this.#file === undefined) return;
    closeSync(this.#file.fd);
    removeTempFolder(this.#file.folder);
    this.#file = undefined;
  }

  #keep(block: Buffer, rows: number): void {
    if (this.#file === undefined && rows > this.#most) this.#spill();
    if (this.#file === undefined) this.#blocks.push(block);
    else writeAll(this.#file.fd, block);
  }

  #spill(): void {
    const folder = createTempFolder();
    const path = join(folder, 'run.timings');
    const fd = openSync(path, 'wx');
    this.#file = { folder, path, fd };
    for (const block of this.#blocks) writeAll(fd, block);
    this.#blocks = [];
  }
}

/** A disk may take a part only. */
function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
}
