import { BehaviorSubject, filter, Subject, tap } from 'rxjs';
import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import { Readiness, WallClock } from '../../operators';
import type { ServeOptions } from '../../operators';
import { tracker } from '../edge';
import type { PipelineEvent } from '../events';
import type { Item } from '../item';
import { Board, ServingCells } from './board';
import { callModule } from './callModule';
import { readItem } from './itemColumns';
import type { Rows } from './itemColumns';
import type { Account, StageWork } from './messages';
import { rest } from './rest';
import { RingReader } from './ringReader';
import { StageAccount } from './stageAccount';

export interface StageThreadOptions {
  readonly work: StageWork;
  /** What `performance.now()` says at the run's time 0. */
  readonly origin: number;
  readonly rows: Rows;
  /** The coordinator's thread asks for what was counted and measured. */
  readonly windowEnded: (account: Account) => void;
  /** All is served, or the run was stopped. */
  readonly ended: (account: Account) => void;
  readonly failed: (error: unknown) => void;
  /** More events at a window's end, after the stage's own. */
  readonly flushed?: (at: number) => readonly PipelineEvent[];
  /** Called after each item, before the next, and when there is none: nothing may wait here for longer. */
  readonly passOn: (isIdle: boolean) => void;
}

/** Milliseconds after which a stage that is never idle leaves its thread's event loop a turn. */
const TURN = 20;

/**
 * What a stage's thread does whatever the stage: it takes items out of the ring when the stage is
 * ready for one, counts the edge before it, and says what it has finished. Offers and finishes are
 * of one clock, so what is counted does not depend on how late a thread wakes up.
 */
export class StageThread {
  readonly clock: WallClock;
  readonly board: Board;
  readonly serving: ServingCells;
  readonly account: StageAccount;
  readonly #readiness = new Readiness();
  readonly #gated: BehaviorSubject<boolean>;
  readonly #options: StageThreadOptions;
  readonly #ring: RingReader;
  readonly #items = new Subject<Item>();
  /** Work that every item costs besides what the stage does with it. */
  readonly burden: () => void;
  #window = 0;
  #inHand = false;
  #pumping = false;
  #turnBegan = 0;
  #stopping = false;
  #over = false;
  #stop: () => void = () => undefined;

  constructor(options: StageThreadOptions) {
    const { work, origin } = options;
    this.#options = options;
    this.clock = new WallClock(origin, rest);
    this.board = new Board(work.board);
    this.serving = new ServingCells(work.serving);
    this.#gated = new BehaviorSubject(this.board.gated);
    this.#ring = new RingReader(work.incoming);
    this.burden =
      work.burden === undefined ? () => undefined : (callModule(work.burden) as () => void);
    const { clock, dueAt } = this;
    this.account = new StageAccount({ work, clock, dueAt, flushed: options.flushed });
  }

  /** Whether gates hold until ready. */
  get gated$(): Observable<boolean> {
    return this.#gated.asObservable();
  }

  readonly dueAt = (item: Item): number => Math.max(item.due, this.board.dueFloor);

  serves<R>(): ServeOptions<Item, R> {
    const { work } = this.#options;
    const { meter, counted, edge } = this.account;
    return {
      ...counted,
      edge,
      readiness: this.#readiness,
      stopwatch: () => performance.now(),
      capacity: Infinity,
      meter: {
        started: (item, at) => {
          meter.started(item, at);
        },
        served: (item, start, took) => {
          this.serving.end();
          meter.served(item, start, took);
        },
        blocked: (at) => {
          meter.blocked(at);
        },
        unblocked: (at) => {
          meter.unblocked(at);
        },
      },
      ...(work.timings
        ? work.serviceTime === undefined
          ? {}
          : { serviceTime: work.serviceTime }
        : { serviceTime: 0 }),
    };
  }

  /** The edge's tracker, and behind it what becomes of items once the run was stopped. */
  incoming(): MonoTypeOperatorFunction<Item> {
    const readiness = this.#readiness;
    const { counted, edge } = this.account;
    const tracks = tracker({ ...counted, edge, readiness, dueAt: this.dueAt });
    return (items) =>
      items.pipe(
        tracks,
        filter((item) => {
          if (!this.#stopping) return true;
          // It will never be served: whatever was offered behind it has found it here.
          readiness.occupy();
          this.account.discarded(item);
          return false;
        }),
        tap((item) => {
          this.#begin(item);
        }),
      );
  }

  /** Begins to take items, and to do to them what `stage` says. */
  run(stage: (items: Observable<Item>) => Observable<unknown>): void {
    this.#readiness.listen(this.pump, this.#options.failed);
    const running = stage(this.#items).subscribe({
      error: (error: unknown) => {
        this.#over = true;
        this.#options.failed(error);
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
    try {
      while (this.#step());
    } catch (error) {
      this.#over = true;
      this.#options.failed(error);
    } finally {
      this.#pumping = false;
    }
  };

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
    if (this.#ring.available() === 0) return this.#sleep();
    this.#options.passOn(false);
    if (performance.now() - this.#turnBegan > TURN) {
      setImmediate(this.pump);
      return false;
    }
    this.#take();
    return true;
  }

  #take(): void {
    const item = readItem(this.#ring.cells, this.#ring.slot, this.#options.rows);
    this.#ring.take();
    if (item === undefined) {
      this.#ring.finish(this.clock.now());
      this.#items.complete();
      return;
    }
    this.#inHand = true;
    this.#items.next(item);
  }

  #begin({ symbol, interval, bar, watermark }: Item): void {
    const start = bar?.start ?? watermark?.time ?? 0;
    this.serving.begin({ since: this.clock.now(), symbol, interval, start });
  }

  /** Until something comes, or the coordinator's thread wants something; an item in hand wakes it by itself. */
  #sleep(): boolean {
    this.#options.passOn(true);
    this.#ring.tell();
    const asleep = this.#ring.cells.consumer.sleep(
      () => this.#isAsked() || (!this.#inHand && this.#ring.available() > 0),
      this.pump,
    );
    return !asleep;
  }

  #isAsked(): boolean {
    const { window, gated, stopped } = this.board;
    return window !== this.#window || gated !== this.#gated.value || stopped !== this.#stopping;
  }

  /** Does what the coordinator's thread has asked for. */
  #obey(): void {
    const { board } = this;
    if (board.gated !== this.#gated.value) this.#gated.next(board.gated);
    if (board.stopped && !this.#stopping) this.#halt();
    if (board.window === this.#window) return;
    this.#window = board.window;
    this.#options.windowEnded(this.account.take(board.windowEnd));
  }

  #halt(): void {
    this.#stopping = true;
    while (this.#ring.available() > 0) {
      const item = readItem(this.#ring.cells, this.#ring.slot, this.#options.rows);
      this.#ring.take();
      if (item !== undefined) this.#items.next(item);
    }
    this.#stop();
    this.#end();
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#options.passOn(true);
    this.#ring.tell();
    this.account.close();
    this.#options.ended(this.account.take(Math.max(this.clock.now(), this.#readiness.freeAt)));
  }
}
