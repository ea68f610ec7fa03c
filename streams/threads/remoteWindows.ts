import type { ServedStage } from '../topology';
import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { CoordinatorMeter } from '../engine/coordinatorMeter';
import type { PipelineEvent } from '../events';
import { Mailbox } from '../../operators/kernel/mailbox';
import type { WorkMailbox } from '../../operators/kernel/mailbox';
import type { Micros } from '../bars/bar';
import { MarketWindows } from '../engine/marketWindows';
import type { MarketWindow, MarketWindowsOptions } from '../engine/marketWindows';
import { WindowColumns } from '../engine/windowColumns';
import { windowEvent } from '../engine/windowEvent';
import { REST } from '../engine/windows';
import type { RunWindows } from '../engine/windows';
import type { Account } from './messages';

type Remote = ServedStage;

interface RemoteWindowsOptions extends MarketWindowsOptions {
  readonly coordinator: CoordinatorMeter;
  readonly emit: (event: PipelineEvent) => void;
  readonly mailbox: WorkMailbox;
  readonly now: () => number;
  /** Asks the stages that are not over for their accounts up to `at`; returns which were asked. */
  readonly ask: (at: number) => readonly Remote[];
  /** Whether a live feed has its own news. */
  readonly hasNews?: () => boolean;
  /** Whether a stage is at something. */
  readonly isBusy: () => boolean;
  /** Whether the run is paused; each change of it ends a window. */
  readonly paused: () => boolean;
}

/** Milliseconds of a window. */
const LENGTH = 100;

interface WindowEnd {
  readonly at: number;
  /** As it was at the window's end. */
  readonly paused: boolean;
  readonly partial: boolean;
  readonly market: MarketWindow | undefined;
}

/** A window that waits for the accounts of its stages. */
interface Pending {
  readonly end: WindowEnd;
  readonly asked: readonly Remote[];
  readonly accounts: Map<Remote, Account>;
}

const NOTHING: Account = { events: [], busyMs: 0, blockedMs: 0, derived: 0 };

/**
 * Divides a run into windows whose accounts are kept in several threads. The end of a window is a step
 * that is over when every stage has sent its account; events after that end wait in the mailbox.
 */
export class RemoteWindows implements RunWindows {
  readonly #options: RemoteWindowsOptions;
  readonly #flushed = new Subject<void>();
  readonly #market: MarketWindows;
  /** The present one; undefined before the first item. */
  #window: MarketWindow | undefined;
  readonly #columns = new WindowColumns();
  readonly #mailbox = new Mailbox<WindowEnd | PipelineEvent>((message) => {
    if ('type' in message) this.#options.emit(message);
    else this.#collect(message);
  });
  #pending: Pending | undefined;
  /** Accounts of the next window. */
  #early = new Map<Remote, Account>();
  #from = 0;
  #latest = 0;
  #items = 0;
  #begun = false;
  #closed = false;
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
      const { now, isBusy, hasNews } = this.#options;
      if (this.#pending !== undefined || performance.now() < this.#restsUntil) return;
      if (this.#items > 0 || isBusy() || hasNews?.() === true) this.flush(now());
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
    if (this.#window !== undefined && market <= this.#window.to) return;
    const next = this.#market.windowOf(market);
    if (this.#window !== undefined) this.#flush(Math.max(at, this.#latest), false);
    this.#window = next;
  }

  flush(at: number): void {
    this.#flush(at, true);
  }

  #flush(at: number, partial: boolean): void {
    this.#mailbox.post({
      at,
      paused: this.#options.paused(),
      partial,
      market: this.#window,
    });
  }

  emit(event: PipelineEvent): void {
    this.#mailbox.post(event);
  }

  close(at: number): void {
    clearInterval(this.#timer);
    this.#closed = true;
    this.#emitIfWhole();
    this.#flush(Math.max(at, this.#latest), false);
  }

  /** A stage's account of the window that is pending. */
  onAccount(stage: Remote, account: Account): void {
    (this.#pending?.accounts ?? this.#early).set(stage, account);
    this.#emitIfWhole();
  }

  /** A stage's last account: of the window that is pending, if that waits for it, else of the next. */
  onLastAccount(stage: Remote, account: Account): void {
    const { asked = [], accounts = this.#early } = this.#pending ?? {};
    const isAwaited = asked.includes(stage) && !accounts.has(stage);
    (isAwaited ? accounts : this.#early).set(stage, account);
    this.#emitIfWhole();
  }

  #collect(end: WindowEnd): void {
    const accounts = this.#early;
    this.#early = new Map();
    this.#items = 0;
    this.#pending = { end, accounts, asked: this.#options.ask(end.at) };
    this.#mailbox.enter();
    this.#emitIfWhole();
  }

  #emitIfWhole(): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    const { end, asked, accounts } = pending;
    if (!this.#closed && !asked.every((stage) => accounts.has(stage))) return;
    this.#pending = undefined;
    try {
      this.#options.mailbox.run(() => {
        this.#emitWindow(Math.max(end.at, this.#from), end, accounts);
      });
    } finally {
      this.#mailbox.leave();
    }
  }

  #emitWindow(at: number, details: WindowEnd, accounts: ReadonlyMap<Remote, Account>): void {
    const { coordinator: meter, emit } = this.#options;
    const processor = accounts.get('processor') ?? NOTHING;
    const analysis = accounts.get('analysis') ?? NOTHING;
    const began = performance.now();
    this.#flushed.next();
    meter.derived(processor.derived);
    const from = this.#from;
    this.#from = at;
    for (const [stage, account] of Object.entries({
      coordinator: meter.flush(at),
      processor,
      analysis,
    })) {
      this.#columns.compact(account.events, at).forEach(emit);
      emit(windowEvent(stage, at, from, { ...account, ...details }));
    }
    const ended = performance.now();
    this.#restsUntil = ended + REST * (ended - began);
  }
}
