import type { StageName } from '../topology';
import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Micros } from '../bars/bar';
import type { PipelineEvent } from '../events';
import type { WorkMailbox } from '../../operators/kernel/mailbox';
import { MarketWindows } from './marketWindows';
import type { MarketWindowsOptions } from './marketWindows';
import { WindowColumns } from './windowColumns';
import { windowEvent } from './windowEvent';

/** Something that keeps account between one window and the next. */
interface Meter {
  /** How many items it has seen pass so far. */
  readonly passed: number;
  /** When the last one did. */
  readonly latest: number;
  flush(at: number): { busyMs: number; blockedMs: number; events: PipelineEvent[] };
}

interface WindowsOptions extends MarketWindowsOptions {
  /** Of every stage, in the order in which items pass them. */
  readonly meters: readonly (readonly [stage: StageName, meter: Meter])[];
  readonly strategies: { flush(at: number): PipelineEvent[] };
  readonly emit: (event: PipelineEvent) => void;
  /** On a real clock counts leave early too, for who watches. On a virtual one real time decides nothing. */
  readonly isLive: boolean;
  /** The run's time, where a live feed has news of its own. */
  readonly newsAt?: () => number | undefined;
  /** Held while the events of a window leave. */
  readonly mailbox: WorkMailbox;
  /** Whether the run is paused; each change of it ends a stretch. */
  readonly paused: () => boolean;
}

/** Counts leave early after so many milliseconds of real time. */
const LIVELY = 250;
/** But then come at least so many times as long, in real time, without: events are by symbol, and with thousands of them they cost. */
export const REST = 39;

/** What a run asks of its windows. */
export interface RunWindows {
  open(at: number): void;
  /** Lets all that was counted and measured leave before the window is over. */
  flush(at: number): void;
  /** Lets an event leave, after the windows that were ended before it. */
  emit(event: PipelineEvent): void;
  close(at: number): void;
}

/** Divides a run into windows of market time: at each one's end all counts and measures leave as events. */
export class Windows implements RunWindows {
  readonly #options: WindowsOptions;
  readonly #flushed = new Subject<void>();
  readonly #market: MarketWindows;
  readonly #columns = new WindowColumns();
  /** While a window's counts leave. */
  #counted: PipelineEvent[] | undefined;
  #from = 0;
  /** As many items had passed when counts left last. */
  #left = 0;
  #restsUntil = -Infinity;
  #timer: ReturnType<typeof setInterval> | undefined;
  #flushing = false;
  #begun = false;
  /** A flush that was asked for while another one's events were leaving. */
  #another: number | undefined;

  constructor(options: WindowsOptions) {
    this.#options = options;
    this.#market = new MarketWindows(options);
  }

  /** An edge's counts: those that leave at the end of a window do so together. */
  count(event: PipelineEvent): void {
    if (this.#counted === undefined) this.#options.emit(event);
    else this.#counted.push(event);
  }

  /** Tells the edges to let their counts leave. */
  get flushed$(): Observable<void> {
    return this.#flushed.asObservable();
  }

  open(at: number): void {
    this.#from = at;
    if (!this.#options.isLive) return;
    this.#timer = setInterval(() => {
      if (this.#rests()) return;
      const at = this.#options.newsAt?.();
      if (at !== undefined) this.flush(at);
      else if (this.#items > this.#left) this.flush(this.#latest);
    }, LIVELY);
    this.#timer.unref();
  }

  /** The first rows are there: what came before, a file being opened, is a stretch of its own. */
  begin(at: number): void {
    if (this.#begun) return;
    this.#begun = true;
    if (at > this.#from) this.flush(at);
  }

  /** Whether what is due at `market` ends the present window. */
  isOverAt(market: Micros): boolean {
    return !this.#market.hasBegun || this.#market.isOverAt(market);
  }

  /** The first item that is due after a window ends it, before it is released. */
  reach(market: Micros, at: number): void {
    const windows = this.#market;
    if (!windows.isOverAt(market) && windows.hasBegun) return;
    if (windows.hasBegun) this.#flush(Math.max(at, this.#latest), false);
    windows.enter(market);
  }

  /** When the last item was released, or the last service over. */
  get #latest(): number {
    let latest = this.#from;
    for (const [, meter] of this.#options.meters) if (meter.latest > latest) latest = meter.latest;
    return latest;
  }

  /** How many items have passed so far. */
  get #items(): number {
    return this.#options.meters.reduce((items, [, meter]) => items + meter.passed, 0);
  }

  flush(at: number): void {
    this.#flush(at, true);
  }

  emit(event: PipelineEvent): void {
    this.#options.emit(event);
  }

  close(at: number): void {
    clearInterval(this.#timer);
    this.#flush(Math.max(at, this.#latest), false);
  }

  #flush(at: number, partial: boolean): void {
    if (this.#flushing) {
      this.#another = at;
      return;
    }
    this.#flushing = true;
    this.#options.mailbox.run(() => {
      try {
        this.#emitWindow(at, partial);
      } finally {
        this.#flushing = false;
      }
    });
    const another = this.#another;
    this.#another = undefined;
    if (another !== undefined) this.#flush(Math.max(another, this.#from), partial);
  }

  #emitWindow(at: number, partial: boolean): void {
    const { meters, strategies, emit, paused } = this.#options;
    const began = performance.now();
    this.#left = this.#items;
    this.#counted = [];
    this.#flushed.next();
    const counted = this.#counted;
    this.#counted = undefined;
    const spent = meters.map(([stage, meter]) => [stage, meter.flush(at)] as const);
    this.#columns.compact(counted, at).forEach(emit);
    for (const [, { events }] of spent) events.forEach(emit);
    this.#columns.compact(strategies.flush(at), at).forEach(emit);
    const from = this.#from;
    this.#from = at;
    const { from: start, to, hasBegun } = this.#market;
    const market = hasBegun ? { from: start, to } : undefined;
    emit(windowEvent(at, from, spent, { paused: paused(), partial, market }));
    const now = performance.now();
    this.#restsUntil = now + REST * (now - began);
  }

  #rests(): boolean {
    return performance.now() < this.#restsUntil;
  }
}
