import { BehaviorSubject, Subject } from 'rxjs';
import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import { Readiness, WallClock } from '../../operators';
import type { ServeOptions } from '../../operators';
import type { PipelineEvent } from '../events';
import { SERVED_STAGES } from '../topology';
import type { Item } from '../bars/item';
import type { FlushKind } from '../strategies/workLedger';
import { SharedControl, ServingCells } from './sharedControl';
import { isOnCredit, readItem } from './itemColumns';
import type { Rows } from './itemColumns';
import type { Account, StageWork } from './messages';
import { park } from './park';
import { ServiceLog } from './serviceLog';
import type { LoggedServices } from './serviceLog';
import { RingReader } from './ringReader';
import { StageAccount } from './stageAccount';
import { StageWindows } from './stageWindows';
import { incoming, serves } from './stageOperators';
import type { StageParts } from './stageOperators';
import { threadInstrument } from './threadInstrument';
import type { ThreadInstrument } from './threadInstrument';

interface StageThreadOptions {
  readonly work: StageWork;
  /** What `performance.now()` says at the run's time 0. */
  readonly origin: number;
  readonly rows: Rows;
  /** The stage's window is over, or the coordinator's thread asks for what was counted and measured. */
  readonly onWindowEnd: (account: Account) => void;
  /** All is served, or the run was stopped. */
  readonly onEnd: (account: Account) => void;
  readonly onError: (error: unknown) => void;
  /** What each item cost leaves for the coordinator's thread. */
  readonly onServices: (services: LoggedServices, buffers: readonly ArrayBuffer[]) => void;
  /** More events at a window's end, after the stage's own. */
  readonly eventsAt?: (at: number, kind: FlushKind) => readonly PipelineEvent[];
  /** Called after each item, before the next, and when there is none; `at` is what `performance.now()` says. */
  readonly onTurn: (isIdle: boolean, at: number) => void;
}

/** Milliseconds after which a stage that is never idle leaves its thread's event loop a turn. */
const TURN = 20;

/**
 * What a stage's thread does for every stage: it takes items out of the ring when the stage is
 * ready for one, counts the edge before it, and says what it has finished. Offers and finishes are
 * of one clock, so what is counted does not depend on how late a thread wakes up.
 */
export class StageThread {
  readonly clock: WallClock;
  readonly control: SharedControl;
  readonly serving: ServingCells;
  readonly account: StageAccount;
  readonly #readiness = new Readiness();
  readonly #gated: BehaviorSubject<boolean>;
  readonly #options: StageThreadOptions;
  readonly #ring: RingReader;
  readonly #items = new Subject<Item>();
  readonly instrument: ThreadInstrument;
  /** Where somebody wants to know what each item costs. */
  readonly log: ServiceLog | undefined;
  readonly #parts: StageParts;
  #window = 0;
  readonly #windows: StageWindows;
  #inHand = false;
  #pumping = false;
  #turnBegan = 0;
  /** Up to when the account knows what the thread did. */
  #accountedAt = 0;
  #stopping = false;
  #over = false;
  #stop: () => void = () => undefined;

  constructor(options: StageThreadOptions) {
    const { work, origin } = options;
    this.#options = options;
    this.clock = new WallClock(origin, park);
    this.control = new SharedControl(work.control);
    this.serving = new ServingCells(work.serving);
    this.#gated = new BehaviorSubject(this.control.gated);
    this.#ring = new RingReader(work.incoming);
    this.instrument = threadInstrument(work.instrument, work.stage);
    const { clock, dueFloor } = this;
    const { onServed } = this.instrument;
    if (work.isMetered) this.log = new ServiceLog(options.onServices);
    this.account = new StageAccount({
      work,
      clock,
      dueFloor,
      isClockDriven: () => !this.control.gated,
      onServed,
      eventsAt: options.eventsAt,
      log: this.log,
    });
    this.#windows = new StageWindows({
      baseInterval: work.intervals[0]?.length ?? 0,
      width: work.windowWidth,
      session: () => this.control.session,
    });
    this.#parts = {
      work,
      account: this.account,
      readiness: this.#readiness,
      serving: this.serving,
      dueFloor,
      now: () => clock.now(),
      isStopping: () => this.#stopping,
    };
  }

  /** Whether gates hold until ready. */
  get gated$(): Observable<boolean> {
    return this.#gated.asObservable();
  }

  get isGated(): boolean {
    return this.#gated.value;
  }

  readonly dueFloor = (): number => this.control.dueFloor;

  /** How the stage serves. */
  serves<R>(): ServeOptions<Item, R> {
    return serves(this.#parts);
  }

  /** What stands before the stage. */
  incoming(): MonoTypeOperatorFunction<Item> {
    return incoming(this.#parts);
  }

  /** Begins to take items, and to do to them what `stage` says. */
  run(stage: (items: Observable<Item>) => Observable<unknown>): void {
    this.#readiness.when(true, this.pump, this.#options.onError);
    const running = stage(this.#items).subscribe({
      error: (error: unknown) => {
        this.#over = true;
        this.#options.onError(error);
      },
      complete: () => {
        this.#end();
      },
    });
    this.#stop = () => {
      running.unsubscribe();
    };
    this.pump();
  }

  /** Takes items for as long as the stage is ready and there are some; then sleeps. */
  readonly pump = (): void => {
    if (this.#pumping || this.#over) return;
    this.#pumping = true;
    this.#turnBegan = performance.now();
    this.#accountedAt = this.#turnBegan;
    try {
      while (this.#step());
    } catch (error) {
      this.#over = true;
      this.#options.onError(error);
    } finally {
      this.#accountForPump();
      this.#pumping = false;
    }
  };

  #accountForPump(): void {
    if (!this.#pumping) return;
    const now = performance.now();
    this.account.pumpedMs += now - this.#accountedAt;
    this.#accountedAt = now;
  }

  /** Returns whether there may be more to do at once. */
  #step(): boolean {
    if (this.#over) return false;
    this.#obey();
    if (this.#over) return false;
    if (this.#inHand && this.#readiness.value) {
      this.#inHand = false;
      this.#ring.finish(this.#readiness.freeAt, this.clock.now());
    }
    if (this.#inHand) return this.#sleep();
    if (!this.#hasNext()) return this.#sleep();
    const at = performance.now();
    this.#options.onTurn(false, at);
    if (at - this.#turnBegan > TURN) {
      setImmediate(this.pump);
      return false;
    }
    this.#take();
    return true;
  }

  /** Whether there is an item that the stage may take. */
  #hasNext(): boolean {
    if (this.#ring.available() === 0) return false;
    // The first gate holds everything while the run is paused, in both of its halves.
    return !(this.#isFirst && this.control.paused && isOnCredit(this.#ring.cells, this.#ring.slot));
  }

  get #isFirst(): boolean {
    return this.#options.work.stage === SERVED_STAGES[0];
  }

  /** An item sent on credit leaves the gate now: it is offered, and after the first gate due, from here on. */
  #release(item: Item): void {
    const { freeAt } = this.#readiness;
    const at = this.isGated ? Math.max(this.clock.now(), freeAt) : this.control.dueFloor;
    item.offered = Math.max(item.offered, at);
    if (this.#isFirst) item.due = item.offered;
  }

  #take(): void {
    const onCredit = isOnCredit(this.#ring.cells, this.#ring.slot);
    const item = readItem(this.#ring.cells, this.#ring.slot, this.#options.rows);
    this.#ring.take();
    if (item === undefined) {
      this.#ring.finish(this.clock.now());
      this.#items.complete();
      return;
    }
    if (onCredit) this.#release(item);
    if (item.market > this.#windows.until) this.#reach(item);
    this.#inHand = true;
    this.#items.next(item);
  }

  /** The stage is handed the first item that is due after its window. */
  #reach({ market, offered }: Item): void {
    const ended = this.#windows.reach(market);
    if (ended === undefined) return;
    this.#accountForPump();
    const endedAt = Math.max(offered, this.#readiness.freeAt);
    this.#options.onWindowEnd({
      ...this.account.take(endedAt, 'window'),
      market: ended,
      endedAt,
    });
  }

  /** Until something comes, or the coordinator's thread wants something; an item in hand wakes it on its own. */
  #sleep(): boolean {
    this.#options.onTurn(true, performance.now());
    this.#ring.publish();
    const asleep = this.#ring.cells.consumer.sleep(
      () => this.#isAsked() || (!this.#inHand && this.#hasNext()),
      this.pump,
    );
    return !asleep;
  }

  #isAsked(): boolean {
    const { window, gated, stopped } = this.control;
    return window !== this.#window || gated !== this.#gated.value || stopped !== this.#stopping;
  }

  /** Does what the coordinator's thread has requested. */
  #obey(): void {
    const { control } = this;
    if (control.gated !== this.#gated.value) this.#gated.next(control.gated);
    if (control.stopped && !this.#stopping) this.#halt();
    if (control.window === this.#window) return;
    this.#window = control.window;
    this.#accountForPump();
    this.#options.onWindowEnd(this.#soFar(control.windowEnd, 'partial'));
  }

  #halt(): void {
    this.#stopping = true;
    while (this.#ring.available() > 0) {
      const onCredit = isOnCredit(this.#ring.cells, this.#ring.slot);
      const item = readItem(this.#ring.cells, this.#ring.slot, this.#options.rows);
      this.#ring.take();
      if (item === undefined) continue;
      if (onCredit) this.account.discarded(item);
      else this.#items.next(item);
    }
    this.#stop();
    this.#end();
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#options.onTurn(true, performance.now());
    this.#ring.publish();
    this.#accountForPump();
    this.account.close();
    this.log?.flush();
    const now = this.clock.now();
    const { freeAt } = this.#readiness;
    // Stopped in the middle of a service, nobody knows when the stage is free: the account ends now.
    this.#options.onEnd(this.#soFar(freeAt < Infinity ? Math.max(now, freeAt) : now, 'end'));
  }

  /** Of the window that goes on. */
  #soFar(at: number, kind: FlushKind): Account {
    const account = this.account.take(at, kind);
    const { market } = this.#windows;
    return market === undefined ? account : { ...account, market };
  }
}
