import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { KeyCounts } from '../../operators/kernel/edgeEventBatcher';
import type { WorkMailbox } from '../../operators/kernel/mailbox';
import type { Micros } from '../bars/bar';
import type { EdgeName, PipelineEvent, StageName } from '../events';
import type { FlushKind } from '../strategies/workLedger';
import { MarketWindows } from './marketWindows';
import type { MarketWindow, MarketWindowsOptions } from './marketWindows';
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

/** A stage whose time is divided. */
interface WindowStage {
  readonly stage: StageName;
  readonly meter: Meter;
  /** More of the stage, after what its meter has. */
  readonly eventsAt?: (at: number, kind: FlushKind) => readonly PipelineEvent[];
}

interface WindowsOptions extends MarketWindowsOptions {
  /** In the order in which items pass them. */
  readonly stages: readonly WindowStage[];
  readonly emit: (event: PipelineEvent) => void;
  /** On a real clock counts leave early too, for who watches. On a virtual one real time decides nothing. */
  readonly isLive: boolean;
  /** The run's time, where a live feed has its own news. */
  readonly newsAt?: () => number | undefined;
  /** Held while the events of a window leave. */
  readonly mailbox: WorkMailbox;
  /** Whether the run is paused; each change of it ends a stretch. */
  readonly paused: () => boolean;
  /** Whether counts also leave between windows, because the run has its own batch settings. */
  readonly isBatched?: boolean;
}

/** Counts leave early after this many milliseconds of real time. */
const LIVELY = 250;
/** But then come at least this many times as long, in real time, without: events are by symbol, and with thousands of them they cost. */
export const REST = 39;

/** What a run asks of its windows. */
export interface RunWindows {
  open(at: number): void;
  /** Lets all that was counted and measured leave before the windows are over. */
  flush(at: number): void;
  /** Lets an event leave, after the windows that were ended before it. */
  emit(event: PipelineEvent): void;
  close(at: number): void;
}

/** One stage's present window. */
class OpenWindow {
  readonly #flushed = new Subject<void>();
  /** Run time since which its time was not reported. */
  from = 0;
  /** Of market time; undefined before the first item. */
  market: MarketWindow | undefined;

  constructor(readonly of: WindowStage) {}

  /** When the counts of the edge behind the stage are to leave: what it has handed over in the window is all there. */
  get flushed$(): Observable<void> {
    return this.#flushed.asObservable();
  }

  flush(): void {
    this.#flushed.next();
  }
}

/**
 * Divides a run into windows of market time. A stage ends its window when it is handed the first item
 * due after it: then its counts and measures, and those of the edge behind it, leave as events.
 */
export class Windows implements RunWindows {
  readonly #options: WindowsOptions;
  readonly #market: MarketWindows;
  readonly #windows: ReadonlyMap<StageName, OpenWindow>;
  readonly #columns = new WindowColumns();
  /** Counts that leave with the next end of a window. */
  #counted: PipelineEvent[] = [];
  #isLeaving = false;
  /** As many items had passed when counts left last. */
  #left = 0;
  #restsUntil = -Infinity;
  #timer: ReturnType<typeof setInterval> | undefined;
  #flushing = false;
  #begun = false;
  /** What was requested while another window's events were leaving. */
  readonly #waiting: (() => void)[] = [];

  constructor(options: WindowsOptions) {
    this.#options = options;
    this.#market = new MarketWindows(options);
    this.#windows = new Map(options.stages.map((of) => [of.stage, new OpenWindow(of)]));
  }

  /** An edge's counts leave together at the end of a window; so do the last ones, whenever an edge ends. */
  count(event: PipelineEvent): void {
    if (this.#isLeaving || this.#options.isBatched !== true) this.#counted.push(event);
    else this.#options.emit(event);
  }

  /** The same of many symbols at once. */
  countMany(edge: EdgeName, counts: readonly KeyCounts[]): void {
    this.#columns.add(edge, counts);
  }

  /** Tells the edge behind a stage to let its counts leave. */
  flushedBehind(stage: StageName): Observable<void> {
    return this.#of(stage).flushed$;
  }

  open(at: number): void {
    for (const window of this.#windows.values()) window.from = at;
    if (!this.#options.isLive) return;
    this.#timer = setInterval(() => {
      if (performance.now() < this.#restsUntil) return;
      const at = this.#options.newsAt?.();
      if (at !== undefined) this.flush(at);
      else if (this.#items > this.#left) this.flush(this.#latest);
    }, LIVELY);
    this.#timer.unref();
  }

  /** The first rows are there: what came before, a file being opened, is its own stretch. */
  begin(at: number): void {
    if (this.#begun) return;
    this.#begun = true;
    if ([...this.#windows.values()].some(({ from }) => at > from)) this.flush(at);
  }

  /**
   * A stage is handed an item due at `market`: the first one after its window ends that. Returns until
   * when the stage need not ask again.
   */
  reach(stage: StageName, market: Micros, at: number): Micros {
    const window = this.#of(stage);
    if (window.market !== undefined && market <= window.market.to) return window.market.to;
    const next = this.#market.windowOf(market);
    if (window.market === undefined) window.market = next;
    else {
      this.#flush(() => {
        this.#emitWindow(window, at, 'window');
        window.market = next;
      });
    }
    return next.to;
  }

  flush(at: number): void {
    this.#flushAll(at, 'partial');
  }

  emit(event: PipelineEvent): void {
    this.#options.emit(event);
  }

  close(at: number): void {
    clearInterval(this.#timer);
    this.#flushAll(Math.max(at, this.#latest), 'end');
  }

  #of(stage: StageName): OpenWindow {
    return this.#windows.get(stage) as OpenWindow;
  }

  /** When the last item was released, or the last service over. */
  get #latest(): number {
    let latest = 0;
    for (const { from, of } of this.#windows.values()) {
      latest = Math.max(latest, from, of.meter.latest > latest ? of.meter.latest : latest);
    }
    return latest;
  }

  /** How many items have passed so far. */
  get #items(): number {
    return this.#options.stages.reduce((items, { meter }) => items + meter.passed, 0);
  }

  #flushAll(at: number, kind: FlushKind): void {
    this.#flush(() => {
      const began = performance.now();
      this.#left = this.#items;
      for (const window of this.#windows.values()) this.#emitWindow(window, at, kind);
      const now = performance.now();
      this.#restsUntil = now + REST * (now - began);
    });
  }

  #flush(work: () => void): void {
    this.#waiting.push(work);
    if (this.#flushing) return;
    this.#flushing = true;
    try {
      this.#options.mailbox.run(() => {
        for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
          next();
        }
      });
    } finally {
      this.#flushing = false;
    }
  }

  #emitWindow(window: OpenWindow, end: number, kind: FlushKind): void {
    const { emit, paused } = this.#options;
    const { from, market } = window;
    const { stage, meter, eventsAt } = window.of;
    const at = Math.max(end, from);
    this.#isLeaving = true;
    window.flush();
    this.#isLeaving = false;
    const counted = this.#counted;
    this.#counted = [];
    const { busyMs, blockedMs, events } = meter.flush(at);
    this.#columns.compact(counted, at).forEach(emit);
    events.forEach(emit);
    if (eventsAt !== undefined) this.#columns.compact(eventsAt(at, kind), at).forEach(emit);
    window.from = at;
    const partial = kind === 'partial';
    emit(windowEvent(stage, at, from, { busyMs, blockedMs, paused: paused(), partial, market }));
  }
}
