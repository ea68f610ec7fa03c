import type { PipelineEvent } from '../../streams/events';
import type { AppendFile } from './appendFile';
import { Appender } from './appender';
import type { AppenderOptions } from './appender';
import { headerLineOf, lineOf } from './journalLine';
import type { JournalHeader } from './journalEntry';

/** This many events are made lines of at once, … */
const BATCH = 512;
/** … or fewer after this many milliseconds, so that anyone who reads along sees the run move. */
const LATENCY = 50;

/** Writes events as lines. To whom it listens it costs one array element an event. */
export class JournalWriter {
  readonly #appender: Appender;
  readonly #events: PipelineEvent[] = [];
  readonly #walls: number[] = [];
  #seq = 0;
  #header: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(file: AppendFile, options: AppenderOptions = {}) {
    this.#appender = new Appender(file, options);
  }

  /** Number of the latest event. */
  get seq(): number {
    return this.#seq + this.#events.length;
  }

  /** Bytes that are safe. */
  get bytes(): number {
    return this.#appender.bytes;
  }

  open(header: JournalHeader): void {
    this.#header = headerLineOf(header);
  }

  write(event: PipelineEvent, wall: number): void {
    this.#events.push(event);
    this.#walls.push(wall);
    if (this.#events.length >= BATCH) this.#flush();
    else
      this.#timer ??= setTimeout(() => {
        this.#flush();
      }, LATENCY);
  }

  /** Resolves when every event is in the file, or was given up, and the file is closed. */
  async close(): Promise<void> {
    this.#flush();
    await this.#appender.close();
  }

  /** Writes all events, and this last one, before it returns: the process ends. */
  closeNow(last: PipelineEvent, wall: number): void {
    this.#events.push(last);
    this.#walls.push(wall);
    this.#flush();
    this.#appender.closeNow();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    let text = this.#header ?? '';
    this.#header = undefined;
    let refused: Error | undefined;
    for (const [index, event] of this.#events.entries()) {
      this.#seq += 1;
      try {
        text += lineOf(this.#seq, this.#walls[index] as number, event);
      } catch (error) {
        refused ??= error as Error;
      }
    }
    this.#events.length = 0;
    this.#walls.length = 0;
    if (refused !== undefined) this.#appender.fail(refused);
    else if (text !== '') this.#appender.push(Buffer.from(text), this.#seq);
  }
}
