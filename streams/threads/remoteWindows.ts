import { SERVED_STAGES } from '../topology';
import type { ServedStage } from '../topology';
import { Subject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { CoordinatorMeter } from '../engine/coordinatorMeter';
import type { PipelineEvent, StageName } from '../events';
import type { FlushKind } from '../strategies/workLedger';
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

const STAGES: readonly StageName[] = ['coordinator', ...SERVED_STAGES];

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
  /** Whether the run is paused; each change of it ends a stretch. */
  readonly paused: () => boolean;
  /** Tells the stages when the first item is due, and how long the session is, before that item leaves. */
  readonly onFirst: (session: { readonly first: Micros; readonly span: number }) => void;
  /** Whether counts also leave between windows, because the run has its own batch settings. */
  readonly isBatched?: boolean;
}

/** Milliseconds between partial counts: at most four a second. */
const LIVELY = 250;

/** What all stages have so far is requested. */
interface Request {
  readonly at: number;
  /** As it was then. */
  readonly paused: boolean;
  readonly kind: FlushKind;
}

/** A request that waits for the accounts of its stages. */
interface Pending {
  readonly request: Request;
  readonly asked: readonly Remote[];
  readonly coordinator: Account;
  readonly accounts: Map<Remote, Account>;
}

/** A stage has ended a window. */
interface Ended {
  readonly stage: StageName;
  readonly account: Account;
  readonly paused: boolean;
}

const NOTHING: Account = { events: [], busyMs: 0, blockedMs: 0, derived: 0 };

/**
 * Windows of a run whose stages keep their accounts in threads of their own. Each stage ends its windows
 * itself, and sends its account. Between windows all may be asked for what they have: that is a step
 * that is over when every stage has answered; what comes after it waits in the mailbox.
 */
export class RemoteWindows implements RunWindows {
  readonly #options: RemoteWindowsOptions;
  readonly #flushed = new Subject<void>();
  readonly #market: MarketWindows;
  /** The coordinator's; undefined before the first item. */
  #window: MarketWindow | undefined;
  readonly #columns = new WindowColumns();
  readonly #mailbox = new Mailbox<Request | Ended | PipelineEvent>((message) => {
    if ('kind' in message) this.#collect(message);
    else if ('account' in message) this.#end(message);
    else this.#options.emit(message);
  });
  #pending: Pending | undefined;
  /** Accounts that were not requested: they leave with the next request. */
  #early = new Map<Remote, Account>();
  /** The last window that a stage had. */
  readonly #markets = new Map<StageName, MarketWindow>();
  /** Run time up to which a stage's time was reported. */
  readonly #from = new Map<StageName, number>();
  /** The coordinator's counts that leave with its next account. */
  #counted: PipelineEvent[] = [];
  #isLeaving = false;
  #latest = 0;
  #items = 0;
  #begun = false;
  #closed = false;
  /** As on one thread, counts leave early no more often than their cost allows. */
  #restsUntil = -Infinity;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: RemoteWindowsOptions) {
    this.#options = options;
    this.#market = new MarketWindows(options);
  }

  get flushed$(): Observable<void> {
    return this.#flushed.asObservable();
  }

  /** Counts of the coordinator's thread leave together with its account. */
  count(event: PipelineEvent): void {
    if (this.#isLeaving || this.#options.isBatched !== true) this.#counted.push(event);
    else this.#options.emit(event);
  }

  open(at: number): void {
    for (const stage of STAGES) this.#from.set(stage, at);
    this.#latest = at;
    this.#timer = setInterval(() => {
      const { now, isBusy, hasNews } = this.#options;
      if (this.#pending !== undefined || performance.now() < this.#restsUntil) return;
      if (this.#items > 0 || isBusy() || hasNews?.() === true) this.flush(now());
    }, LIVELY);
  }

  begin(at: number): void {
    if (this.#begun) return;
    this.#begun = true;
    if (at > (this.#from.get('coordinator') ?? 0)) this.flush(at);
  }

  passed(at: number): void {
    this.#items += 1;
    if (at > this.#latest) this.#latest = at;
  }

  /** The first item that is due after the coordinator's window ends that, before it is released. */
  reach(market: Micros, at: number): void {
    if (this.#window !== undefined && market <= this.#window.to) return;
    const ended = this.#window;
    this.#window = this.#market.windowOf(market);
    if (ended === undefined) {
      const span = this.#options.span?.() ?? NaN;
      this.#options.onFirst({ first: market, span });
      return;
    }
    const endedAt = Math.max(at, this.#latest);
    const account = { ...this.#ownAccount(endedAt), market: ended, endedAt };
    this.#mailbox.post({ stage: 'coordinator', account, paused: this.#options.paused() });
  }

  flush(at: number): void {
    this.#request(at, 'partial');
  }

  #request(at: number, kind: FlushKind): void {
    this.#mailbox.post({ at, paused: this.#options.paused(), kind });
  }

  emit(event: PipelineEvent): void {
    this.#mailbox.post(event);
  }

  close(at: number): void {
    clearInterval(this.#timer);
    this.#closed = true;
    this.#emitIfWhole();
    this.#request(Math.max(at, this.#latest), 'end');
  }

  /** A stage's account: of a window that it has ended, or of what it has so far. */
  onAccount(stage: Remote, account: Account): void {
    this.#options.coordinator.derived(account.derived);
    if (account.endedAt === undefined) {
      (this.#pending?.accounts ?? this.#early).set(stage, account);
      this.#emitIfWhole();
      return;
    }
    const ended: Ended = { stage, account, paused: this.#options.paused() };
    // Sent before its answer to what was requested, it belongs before that.
    if (this.#isAwaited(stage)) this.#end(ended);
    else this.#mailbox.post(ended);
  }

  /** A stage's last account: an answer if one is awaited, else of the next request. */
  onLastAccount(stage: Remote, account: Account): void {
    this.#options.coordinator.derived(account.derived);
    const accounts = this.#pending?.accounts ?? this.#early;
    (this.#isAwaited(stage) ? accounts : this.#early).set(stage, account);
    this.#emitIfWhole();
  }

  #isAwaited(stage: Remote): boolean {
    const { asked = [], accounts = this.#early } = this.#pending ?? {};
    return asked.includes(stage) && !accounts.has(stage);
  }

  #collect(request: Request): void {
    const accounts = this.#early;
    this.#early = new Map();
    this.#items = 0;
    const asked = this.#options.ask(request.at);
    const coordinator = this.#ownAccount(request.at);
    this.#pending = { request, accounts, asked, coordinator };
    this.#mailbox.enter();
    this.#emitIfWhole();
  }

  /** The coordinator's, up to `at`. */
  #ownAccount(at: number): Account {
    this.#isLeaving = true;
    this.#flushed.next();
    this.#isLeaving = false;
    const counted = this.#counted;
    this.#counted = [];
    const { busyMs, blockedMs, events } = this.#options.coordinator.flush(at);
    const market = this.#window === undefined ? {} : { market: this.#window };
    return { events: [...counted, ...events], busyMs, blockedMs, derived: 0, ...market };
  }

  #emitIfWhole(): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    const { request, asked, accounts, coordinator } = pending;
    if (!this.#closed && !asked.every((stage) => accounts.has(stage))) return;
    this.#pending = undefined;
    const began = performance.now();
    try {
      this.#options.mailbox.run(() => {
        this.#emitWindow('coordinator', coordinator, request);
        for (const stage of SERVED_STAGES) {
          this.#emitWindow(stage, accounts.get(stage) ?? NOTHING, request);
        }
      });
    } finally {
      const now = performance.now();
      this.#restsUntil = now + REST * (now - began);
      this.#mailbox.leave();
    }
  }

  #end({ stage, account, paused }: Ended): void {
    this.#options.mailbox.run(() => {
      this.#emitWindow(stage, account, { at: account.endedAt ?? 0, kind: 'window', paused });
    });
  }

  #emitWindow(stage: StageName, account: Account, { at: end, kind, paused }: Request): void {
    const { emit } = this.#options;
    const from = this.#from.get(stage) ?? 0;
    const at = Math.max(end, from);
    this.#from.set(stage, at);
    if (account.market !== undefined) this.#markets.set(stage, account.market);
    const market = this.#markets.get(stage);
    const { events, busyMs, blockedMs } = account;
    this.#columns.compact(events, at).forEach(emit);
    const partial = kind === 'partial';
    emit(windowEvent(stage, at, from, { busyMs, blockedMs, paused, partial, market }));
  }
}
