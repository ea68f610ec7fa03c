import type { StageName } from '../topology';
import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { PipelineEvent } from '../events';
import type { WorkMailbox } from '../../operators/kernel/mailbox';
import { windowEvent } from './windowEvent';

/** Something that keeps account between one window and the next. */
export interface Meter {
  flush(at: number): { busyMs: number; blockedMs: number; events: PipelineEvent[] };
}

export interface WindowsOptions {
  readonly meters: Readonly<Record<StageName, Meter>>;
  readonly strategies: { flush(at: number): PipelineEvent[] };
  readonly emit: (event: PipelineEvent) => void;
  /** Symbols so far: events are by symbol, so the more there are, the longer a window should be. */
  readonly symbols: () => number;
  /** False where real time must not decide anything. */
  readonly rests: boolean;
  /** Held while the events of a window leave. */
  readonly mailbox: WorkMailbox;
  /** Whether the run is paused; each change of it ends a window. */
  readonly paused: () => boolean;
}

/** A window is over after so many milliseconds of the run, if it has enough items to speak of utilisation, … */
const LENGTH = 100;
const ENOUGH = 256;
/** … or when it has so many, … */
const FULL = 16_384;
const FULL_PER_SYMBOL = 64;
/** … or after so many milliseconds of real time, so that whoever watches sees it move. */
const LIVELY = 250;
/** But then come at least so many times as long, in real time, without one: events are by symbol, and with thousands of them a window costs. */
export const REST = 39;

/** What a run asks of its windows. */
export interface RunWindows {
  open(at: number): void;
  /** Ends the window at `at`, and all that was counted and measured in it leaves. */
  flush(at: number): void;
  /** Lets an event leave, after the windows that were ended before it. */
  emit(event: PipelineEvent): void;
  close(at: number): void;
}

/** Divides a run into windows: at each one's end all counts and measures leave as events. */
export class Windows implements RunWindows {
  readonly #options: WindowsOptions;
  readonly #flushed = new Subject<void>();
  #from = 0;
  #latest = 0;
  #items = 0;
  /** With so many items it is time to think of the window's end. */
  #enough = ENOUGH;
  #restsUntil = -Infinity;
  #timer: ReturnType<typeof setInterval> | undefined;
  #flushing = false;
  #begun = false;
  /** A window that was asked for while another one's events were leaving. */
  #another: number | undefined;

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  /** Tells the edges to let their counts leave. */
  get flushed$(): Observable<void> {
    return this.#flushed.asObservable();
  }

  open(at: number): void {
    this.#from = at;
    this.#latest = at;
    this.#timer = setInterval(() => {
      if (this.#items > 0 && !this.#rests()) this.flush(this.#latest);
    }, LIVELY);
    this.#timer.unref();
  }

  /** The first rows are there: what came before, a file being opened, is a window of its own. */
  begin(at: number): void {
    if (this.#begun) return;
    this.#begun = true;
    if (at > this.#from) this.flush(at);
  }

  /** An item was released, or a service was over. */
  passed(at: number): void {
    this.#items += 1;
    if (at > this.#latest) this.#latest = at;
    if (this.#items < this.#enough) return;
    const full = this.#items >= FULL && this.#items >= FULL_PER_SYMBOL * this.#options.symbols();
    if (!full && at - this.#from < LENGTH) return;
    if (this.#rests()) this.#enough = this.#items + ENOUGH;
    else this.flush(this.#latest);
  }

  /** Ends the window at `at`, and all that was counted and measured in it leaves. */
  flush(at: number): void {
    if (this.#flushing) {
      this.#another = at;
      return;
    }
    this.#flushing = true;
    this.#options.mailbox.run(() => {
      try {
        this.#emitWindow(at);
      } finally {
        this.#flushing = false;
      }
    });
    const another = this.#another;
    this.#another = undefined;
    if (another !== undefined) this.flush(Math.max(another, this.#from));
  }

  emit(event: PipelineEvent): void {
    this.#options.emit(event);
  }

  close(at: number): void {
    clearInterval(this.#timer);
    this.flush(Math.max(at, this.#latest));
  }

  #emitWindow(at: number): void {
    const { meters, strategies, emit, paused } = this.#options;
    const began = performance.now();
    this.#items = 0;
    this.#enough = ENOUGH;
    if (at > this.#latest) this.#latest = at;
    this.#flushed.next();
    const coordinator = meters.coordinator.flush(at);
    const processor = meters.processor.flush(at);
    const analysis = meters.analysis.flush(at);
    for (const { events } of [coordinator, processor, analysis]) events.forEach(emit);
    strategies.flush(at).forEach(emit);
    const from = this.#from;
    this.#from = at;
    emit(windowEvent(at, from, { coordinator, processor, analysis }, paused()));
    const now = performance.now();
    this.#restsUntil = now + REST * (now - began);
  }

  #rests(): boolean {
    return this.#options.rests && performance.now() < this.#restsUntil;
  }
}
