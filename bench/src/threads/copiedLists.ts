import { receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Bar } from '../../../streams';

export interface CopiedLists {
  /** Lists in each hand-over. */
  readonly lists: number;
  /** Bars in each. */
  readonly bars: number;
}

/**
 * The baseline for zero copy: each hand-over carries lists of the preceding bars as objects in a message,
 * as an implementation without shared memory would.
 */
export class CopiedListsWriter {
  readonly #port: MessagePort;
  readonly #lists: number;
  readonly #bars: number;
  /** By series: each list has bars of its own, because a clone is made only once of the same object. */
  readonly #kept = new Map<string, readonly Bar[][]>();

  constructor(port: MessagePort, { lists, bars }: CopiedLists) {
    this.#port = port;
    this.#lists = lists;
    this.#bars = bars;
  }

  write(bar: Bar): void {
    const key = `${bar.symbol} ${bar.interval}`;
    let kept = this.#kept.get(key);
    if (kept === undefined) {
      kept = Array.from({ length: this.#lists }, () => []);
      this.#kept.set(key, kept);
    }
    for (const list of kept) {
      list.push({ ...bar });
      if (list.length > this.#bars) list.shift();
    }
    this.#port.postMessage(kept);
  }
}

export class CopiedListsReader {
  readonly #port: MessagePort;
  #latest: readonly (readonly Bar[])[] = [];

  constructor(port: MessagePort) {
    this.#port = port;
  }

  /** The lists of one hand-over. */
  get latest(): readonly (readonly Bar[])[] {
    return this.#latest;
  }

  read(): void {
    const received = receiveMessageOnPort(this.#port) as
      { message: readonly (readonly Bar[])[] } | undefined;
    if (received !== undefined) this.#latest = received.message;
  }
}
