import { LINE_BYTES } from './waitCell';

/** What a stage is at, for anyone who has to say where it hangs or broke. */
export interface Serving {
  /** Since when, in milliseconds of the run. */
  readonly since: number;
  /** -1 for a watermark. */
  readonly symbol: number;
  readonly interval: number;
  /** Market time at which the bar starts. */
  readonly start: number;
  /** Number of the strategy that has the bar; -1 where none has. */
  readonly strategy: number;
}

/** What the coordinator's thread tells the others. */
export class SharedControl {
  readonly #cells: Int32Array;
  readonly #times: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.#times = new Float64Array(buffer, 0, 4);
    this.#cells = new Int32Array(buffer, 32, 5);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(LINE_BYTES);
  }

  /** Number of the window whose end was requested last, and the time of that end. */
  get window(): number {
    return Atomics.load(this.#cells, 0);
  }

  get windowEnd(): number {
    return this.#times[0] as number;
  }

  endWindow(at: number): void {
    this.#times[0] = at;
    Atomics.add(this.#cells, 0, 1);
  }

  /** When the first item of all is due, and how long the session is, in market time; NaN where that is unknown. */
  get session(): { readonly first: number; readonly span: number } {
    return { first: this.#times[2] as number, span: this.#times[3] as number };
  }

  /** To be set before the first item leaves. */
  set session({ first, span }) {
    this.#times[2] = first;
    this.#times[3] = span;
  }

  /** Whether gates hold until ready. */
  get gated(): boolean {
    return Atomics.load(this.#cells, 1) === 1;
  }

  set gated(gated: boolean) {
    Atomics.store(this.#cells, 1, gated ? 1 : 0);
  }

  /** What was due before counts as due then. */
  get dueFloor(): number {
    return this.#times[1] as number;
  }

  set dueFloor(at: number) {
    this.#times[1] = at;
  }

  get stopped(): boolean {
    return Atomics.load(this.#cells, 2) === 1;
  }

  stop(): void {
    Atomics.store(this.#cells, 2, 1);
  }

  /** Whether the first gate holds everything. */
  get paused(): boolean {
    return Atomics.load(this.#cells, 4) === 1;
  }

  set paused(paused: boolean) {
    Atomics.store(this.#cells, 4, paused ? 1 : 0);
  }

  /** Whether somebody listens to bars in the coordinator's thread. */
  get barsWanted(): boolean {
    return Atomics.load(this.#cells, 3) === 1;
  }

  set barsWanted(wanted: boolean) {
    Atomics.store(this.#cells, 3, wanted ? 1 : 0);
  }
}

/** One stage's cells; only its own thread writes them. */
export class ServingCells {
  readonly #cells: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.#cells = new Float64Array(buffer);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(LINE_BYTES);
  }

  begin({ since, symbol, interval, start }: Omit<Serving, 'strategy'>): void {
    const cells = this.#cells;
    cells[1] = symbol;
    cells[2] = interval;
    cells[3] = start;
    cells[4] = -1;
    cells[0] = since + 1;
  }

  strategy(index: number): void {
    this.#cells[4] = index;
  }

  end(): void {
    this.#cells[0] = 0;
  }

  /** What the stage is at; undefined while it serves nothing. */
  read(): Serving | undefined {
    const [since = 0, symbol = -1, interval = -1, start = 0, strategy = -1] = this.#cells;
    return since === 0 ? undefined : { since: since - 1, symbol, interval, start, strategy };
  }
}

/** Counts a writer's announcements, so that its readers need not look for new ones in vain. */
export class AnnouncementCount {
  readonly #cell: Int32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.#cell = new Int32Array(buffer, 0, 1);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(LINE_BYTES);
  }

  get value(): number {
    return Atomics.load(this.#cell, 0);
  }

  increment(): void {
    Atomics.add(this.#cell, 0, 1);
  }
}
