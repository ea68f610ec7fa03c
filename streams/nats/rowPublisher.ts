import type { Nats } from './openNats';
import { storedMessage } from './followSubject';
import { rowSubject } from './rowSubjects';
import { answerCodeOf, untilAnswered } from './untilAnswered';

/** Rows of one message, at most. */
const MOST_ROWS = 4_096;
/** Rows of a symbol that wait for the server, at most; older ones are dropped, and their ids are missing. */
const MOST_WAITING = 262_144;
const WRONG_SEQUENCE = 10_071;

interface SymbolRows {
  readonly subject: string;
  /** Number of its last message in the stream. */
  sequence: number;
  lastId: number;
  /** Frames of the format `ticks`, without the id. */
  waiting: { readonly id: number; readonly text: string }[];
  isSending: boolean;
}

/**
 * Publishes rows, each symbol on its subject: a message is lines of frames in the format `ticks`. Rows of
 * a symbol have ids without gaps, which go on where an earlier publisher ended; rows that never reach the
 * stream leave a gap. One message of a symbol is on its way at a time, and rows that come meanwhile make
 * the next one.
 */
export class RowPublisher {
  readonly #nats: Nats;
  readonly #stream: string;
  readonly #onFailure: (error: unknown) => void;
  readonly #symbols = new Map<string, SymbolRows>();
  #sending = 0;
  #dropped = 0;
  #idle: (() => void)[] = [];

  constructor(nats: Nats, stream: string, onFailure: (error: unknown) => void) {
    this.#nats = nats;
    this.#stream = stream;
    this.#onFailure = onFailure;
  }

  /** Rows that found too many waiting. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Rows of a symbol that never came: the ids of later ones leave a gap. */
  skip(symbol: string, rows: number): void {
    this.#of(symbol).lastId += rows;
  }

  /** @param missing rows of the symbol that are known to be missing before this one */
  add(symbol: string, time: number, price: number, size: number, missing: number): void {
    const rows = this.#of(symbol);
    rows.lastId += 1 + missing;
    const text = JSON.stringify({ symbol, time, price, size });
    rows.waiting.push({ id: rows.lastId, text });
    if (rows.waiting.length > MOST_WAITING) {
      rows.waiting = rows.waiting.slice(MOST_ROWS);
      this.#dropped += MOST_ROWS;
    }
  }

  #of(symbol: string): SymbolRows {
    let rows = this.#symbols.get(symbol);
    if (rows === undefined) {
      const subject = rowSubject(this.#stream, symbol);
      rows = { subject, sequence: -1, lastId: 0, waiting: [], isSending: false };
      this.#symbols.set(symbol, rows);
    }
    return rows;
  }

  /** Sends what waits, of every symbol that has nothing on its way. */
  send(): void {
    for (const rows of this.#symbols.values()) {
      if (!rows.isSending && rows.waiting.length > 0) void this.#sendAll(rows);
    }
  }

  /** Resolves when everything is in the stream, or after the given milliseconds. */
  async flush(patienceMs: number): Promise<void> {
    this.send();
    if (this.#sending === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      this.#idle.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async #sendAll(rows: SymbolRows): Promise<void> {
    rows.isSending = true;
    this.#sending += 1;
    try {
      if (rows.sequence < 0) await this.#goOn(rows);
      while (rows.waiting.length > 0) await this.#sendOne(rows);
    } catch (error) {
      this.#onFailure(error);
    } finally {
      rows.isSending = false;
      this.#sending -= 1;
      if (this.#sending === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  /** Ids go on behind those that are in the stream. */
  async #goOn(rows: SymbolRows): Promise<void> {
    const query = { last_by_subj: rows.subject };
    const last = await storedMessage(this.#nats, this.#stream, query);
    rows.sequence = last?.sequence ?? 0;
    const offset = last === undefined ? 0 : lastIdOf(last.data);
    rows.lastId += offset;
    rows.waiting = rows.waiting.map(({ id, text }) => ({ id: id + offset, text }));
  }

  async #sendOne(rows: SymbolRows): Promise<void> {
    const { subject } = rows;
    const batch = rows.waiting.slice(0, MOST_ROWS);
    const lastId = batch.at(-1)?.id ?? 0;
    const lines = batch.map(({ id, text }) => `${text.slice(0, -1)},"id":${id}}`).join('\n');
    try {
      const expect = { lastSubjectSequence: rows.sequence };
      const { seq } = await untilAnswered(this.#nats, () =>
        this.#nats.jetstream.publish(subject, lines, { expect }),
      );
      rows.sequence = seq;
    } catch (error) {
      if (answerCodeOf(error) !== WRONG_SEQUENCE) throw error;
      // It may have been stored, and only the answer was lost.
      const last = await storedMessage(this.#nats, this.#stream, { last_by_subj: subject });
      if (last === undefined || !Buffer.from(lines).equals(last.data)) {
        throw new Error(`${subject}: somebody else publishes rows of this symbol`);
      }
      rows.sequence = last.sequence;
    }
    const next = rows.waiting.findIndex(({ id }) => id > lastId);
    rows.waiting = next < 0 ? [] : rows.waiting.slice(next);
  }
}

/** The id of the last row of a message. */
function lastIdOf(data: Uint8Array): number {
  const [, id = '0'] = /"id":(\d+)\}$/.exec(Buffer.from(data).toString('utf8')) ?? [];
  return Number(id);
}
