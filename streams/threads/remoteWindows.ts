import type { ServedStage } from '../topology';
import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { CoordinatorMeter } from '../engine/coordinatorMeter';
import type { PipelineEvent } from '../events';
import type { WorkMailbox } from '../../operators/kernel/mailbox';
import type { Micros } from '../bars/bar';
import { MarketWindows } from '../engine/marketWindows';
import type { MarketWindowsOptions } from '../engine/marketWindows';
import { WindowColumns } from '../engine/windowColumns';
import { windowEvent } from '../engine/windowEvent';
import { REST } from '../engine/windows';
import type { RunWindows } from '../engine/windows';
import type { Account } from './messages';

type Remote = ServedStage;

export interface RemoteWindowsOptions extends MarketWindowsOptions {
  readonly coordinator: CoordinatorMeter;
  readonly emit: (event: PipelineEvent) => void;
  readonly mailbox: WorkMailbox;
  readonly now: () => number;
  /** Asks the stages that are not over for their accounts up to `at`; returns which were asked. */
  readonly ask: (at: number) => readonly Remote[];
  /** Whether a stage is at something. */
  readonly isBusy: () => boolean;
  /** Whether the run is paused; each change of it ends a window. */
  readonly paused: () => boolean;
}

/** Milliseconds of a window. */
const LENGTH = 100;

interface Pending {
  readonly at: number;
  /** As it was at the window's end. */
  readonly paused: boolean;
  readonly partial: boolean;
  readonly market: { readonly from: Micros; readonly to: Micros } | undefined;
  asked: readonly Remote[] | undefined;
}

const NOTHING: Account = { events: [], busyMs: 0, blockedMs: 0, derived: 0 };

/**
 * Divides a run into windows whose accounts are kept in several threads: a window is over when every
 * stage has told its own, and what happens after its end is told after it.
 */
export class RemoteWindows implements RunWindows {
  readonly #options: RemoteWindowsOptions;
  readonly #flushed = new Subject<void>();
  readonly #market: MarketWindows;
  readonly #columns = new WindowColumns();
  readonly #queue: (Pending | PipelineEvent)[] = [];
  /** What was told for the window that is pending, and for the next. */
  #told = new Map<Remote, Account>();
  #early = new Map<Remote, Account>();
  #from = 0;
  #latest = 0;
  #items = 0;
  #begun = false;
  #closed = false;
  #emitting = false;
  /** As on one thread, windows are no more often than their cost allows. */
  #restsUntil = -Infinity;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: RemoteWindowsOptions) {
    this.#options = options;
    this.#market = new MarketWindows(options);
  }

  get flushed$(): Observable<void> {
    return this.#flushed.asObservable();
  }

  open(at: number): void {
    this.#from = at;
    this.#latest = at;
    this.#timer = setInterval(() => {
      const { now, isBusy } = this.#options;
      if (this.#queue.length > 0 || performance.now() < this.#restsUntil) return;
      if (this.#items > 0 || isBusy()) this.flush(now());
    }, LENGTH);
  }

  begin(at: number): void {
    if (this.#begun) return;
    this.#begun = true;
    if (at > this.#from) this.flush(at);
  }

  passed(at: number): void {
    this.#items += 1;
    if (at > this.#latest) this.#latest = at;
  }

  /** The first item that is due after a window ends it, before it is released. */
  reach(market: Micros, at: number): void {
    const windows = this.#market;
    if (windows.hasBegun && !windows.isOverAt(market)) return;
    if (windows.hasBegun) this.#flush(Math.max(at, this.#latest), false);
    windows.enter(market);
  }

  flush(at: number): void {
    this.#flush(at, true);
  }

  #flush(at: number, partial: boolean): void {
    const { from, to, hasBegun } = this.#market;
    const market = hasBegun ? { from, to } : undefined;
    const paused = this.#options.paused();
    this.#queue.push({ at, paused, partial, market, asked: undefined });
    this.#advance();
  }

  emit(event: PipelineEvent): void {
    this.#queue.push(event);
    this.#advance();
  }

  close(at: number): void {
    clearInterval(this.#timer);
    this.#closed = true;
    this.#flush(Math.max(at, this.#latest), false);
  }

  /** A stage's account of the window that is pending. */
  told(stage: Remote, account: Account): void {
    this.#told.set(stage, account);
    this.#advance();
  }

  /** A stage's last account: of the window that is pending, if it waits for it, else of the next. */
  ended(stage: Remote, account: Account): void {
    const pending = this.#queue[0];
    const waits = pending !== undefined && 'asked' in pending && pending.asked?.includes(stage);
    if (waits === true && !this.#told.has(stage)) this.#told.set(stage, account);
    else this.#early.set(stage, account);
    this.#advance();
  }

  #advance(): void {
    if (this.#emitting) return;
    this.#emitting = true;
    try {
      for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
        if (!('asked' in next)) this.#options.emit(next);
        else if (!this.#isTold(next)) return;
        this.#queue.shift();
      }
    } finally {
      this.#emitting = false;
    }
  }

  #isTold(pending: Pending): boolean {
    if (pending.asked === undefined) {
      for (const [stage, account] of this.#early) this.#told.set(stage, account);
      this.#early = new Map();
      this.#items = 0;
      pending.asked = this.#options.ask(pending.at);
    }
    const isWhole = pending.asked.every((stage) => this.#told.has(stage));
    if (!isWhole && !this.#closed) return false;
    this.#options.mailbox.run(() => {
      this.#emitWindow(Math.max(pending.at, this.#from), pending);
    });
    return true;
  }

  #emitWindow(at: number, details: Pick<Pending, 'paused' | 'partial' | 'market'>): void {
    const { coordinator: meter, emit } = this.#options;
    const { processor = NOTHING, analysis = NOTHING } = Object.fromEntries(this.#told) as Partial<
      Record<Remote, Account>
    >;
    const began = performance.now();
    this.#told = new Map();
    this.#flushed.next();
    meter.derived(processor.derived);
    const coordinator = meter.flush(at);
    for (const { events } of [coordinator, processor, analysis]) {
      this.#columns.compact(events, at).forEach(emit);
    }
    const from = this.#from;
    this.#from = at;
    emit(windowEvent(at, from, Object.entries({ coordinator, processor, analysis }), details));
    const ended = performance.now();
    this.#restsUntil = ended + REST * (ended - began);
  }
}
