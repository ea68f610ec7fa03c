import type { ObservableInput } from 'rxjs';
import { DeadlockError } from '../../operators';
import { AccountedBuffer } from '../../operators/kernel/accountedBuffer';
import { EdgeEventBatcher } from '../../operators/kernel/edgeEventBatcher';
import { PendingService } from '../../operators/kernel/pendingService';
import { ServiceTimer } from '../../operators/kernel/serviceTime';
import { isAfter, Station } from '../../operators/kernel/station';
import { FOREVER } from '../../operators/time/forever';
import { itemReading } from '../bars/item';
import type { Item } from '../bars/item';
import type { PipelineOptions } from '../pipelineOptions';
import { SimulatedGate } from './simulatedGate';
import type { SimulationState } from './simulationState';
import type { StageMeter } from './stageMeter';
import type { Stage } from './stages';

const { isArray } = Array;
const NOTHING: readonly never[] = [];

/** What surrounds a stage. */
interface SimulatedStageOptions<R> {
  readonly state: SimulationState;
  readonly limits: Pick<PipelineOptions, 'inbox' | 'overflow'>;
  /** Called with what came of an item when its service is over. */
  readonly onOutputs: (outputs: readonly R[], finish: number) => void;
  /** The stage behind; none behind the last one. */
  readonly next?: { readonly holds: boolean };
  /** Called when the gate before the stage begins to hold, and when it holds nothing any more. */
  readonly onHolding: (holds: boolean) => void;
  /** What the gate before the stage lets go is due only then: it is the first one. */
  readonly isFirst: boolean;
  /** Called when a service that was awaited is over, with what is to be done then. */
  readonly onAwaited: (settle: () => void) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * One consumer with its edge, as the simulation drives it: edge, inbox and server behind a gate. An item
 * enters at the gate; `finish` says when there is something to do again.
 */
export class SimulatedStage<R> {
  /** When the service in progress ends; Infinity where that is not known, or there is none. */
  finish = FOREVER;
  readonly gate: SimulatedGate;
  private readonly station = new Station();
  private readonly state: SimulationState;
  private readonly options: SimulatedStageOptions<R>;
  private readonly counts: EdgeEventBatcher;
  private readonly inbox: AccountedBuffer<Item>;
  private readonly meter: StageMeter;
  private readonly next: SimulatedStageOptions<R>['next'];
  private readonly isFirst: boolean;
  /** Names the stage in errors. */
  private readonly edge: string;
  private readonly process: Stage<R>['process'];
  private readonly times: ServiceTimer<Item>;
  private item: Item | undefined;
  /** An item is in service, or its outputs wait at the next gate. */
  private isBusy = false;
  /** How many items wait in the inbox: asked too often to be asked there. */
  private waiting = 0;
  // NaN keeps the field an unboxed double.
  private service = NaN;
  private outputs: readonly R[] = NOTHING;
  private pending: PendingService<R> | undefined;
  /** Its outputs wait at the next gate. */
  private isBlocked = false;
  /** The server takes what waits: that is not begun once more meanwhile. */
  private isPumping = false;
  private isFed = false;

  constructor(stage: Stage<R>, options: SimulatedStageOptions<R>) {
    const { inbox: capacity, overflow } = options.limits;
    this.state = options.state;
    this.options = options;
    this.next = options.next;
    this.isFirst = options.isFirst;
    this.edge = stage.edge;
    this.meter = stage.meter;
    this.process = stage.process;
    this.times = new ServiceTimer(stage, options.state.clock);
    const { edge, onManyCounts: onMany } = stage;
    const counted = { ...stage.counted, edge, ...(onMany === undefined ? {} : { onMany }) };
    const buffered = { ...itemReading, ...counted };
    this.inbox = new AccountedBuffer<Item>({
      ...buffered,
      ...(stage.deadLetters === undefined ? {} : { deadLetters: stage.deadLetters }),
      ...(capacity === undefined ? {} : { capacity }),
      ...(overflow === undefined ? {} : { overflow }),
    });
    this.counts = new EdgeEventBatcher(counted);
    this.inbox.open(options.onError);
    this.counts.open(options.onError);
    const { state, onHolding, onError } = options;
    this.gate = new SimulatedGate({ state, buffer: buffered, consumer: this, onHolding, onError });
  }

  /** Everything handed over is finished, and its outputs have passed the next gate. */
  get isReady(): boolean {
    return !this.isBusy && this.waiting === 0;
  }

  /** An item comes through the gate. What that held is offered only now. */
  take(item: Item, isHeld: boolean): void {
    if (isHeld) {
      item.offered = this.state.now;
      if (this.isFirst) item.due = item.offered;
    }
    this.catchUp(item.offered);
    this.track(item);
    if (this.state.isOver) return;
    if (this.isReady) this.begin(item);
    else this.keep(item);
  }

  /** Completes every service that ends at or before `at`. */
  catchUp(at: number): void {
    while (!isAfter(this.finish, at) && !this.state.isOver) this.settle();
  }

  /** The service in progress is over. */
  settle(): void {
    const { finish, outputs, options, state } = this;
    this.finish = FOREVER;
    this.outputs = NOTHING;
    this.meter.onServed(this.item as Item, this.station.start, this.service);
    this.item = undefined;
    if (outputs.length > 0) options.onOutputs(outputs, finish);
    if (state.isOver) return;
    if (this.next !== undefined && this.next.holds) this.block(finish);
    else this.free();
  }

  /** The next gate holds nothing any more. */
  unblock(): void {
    if (!this.isBlocked || this.state.isOver) return;
    const { now } = this.state;
    this.isBlocked = false;
    this.meter.onUnblocked(now);
    this.station.release(now);
    this.free();
  }

  /**
   * Nothing comes to the gate any more. Each part's last counts leave as soon as nothing can change
   * them; true when all are done.
   */
  end(): boolean {
    if (this.gate.holds) return false;
    if (!this.isFed) {
      this.gate.flush();
      this.counts.flush();
    }
    this.isFed = true;
    if (!this.isReady) return false;
    this.inbox.flush();
    return true;
  }

  /** Discards and counts what is in service, in the inbox and at the gate. */
  close(): void {
    this.pending?.cancel();
    const { item, inbox, counts, gate } = this;
    this.item = undefined;
    this.finish = FOREVER;
    if (item !== undefined) inbox.discard(item, 'discarded');
    inbox.discardAll();
    inbox.close();
    counts.close();
    gate.close();
  }

  /** Counts the offer. */
  private track(item: Item): void {
    const { bar, due, offered } = item;
    const { station, inbox } = this;
    const judgement = station.offer(due, offered, this.waiting, this.state.dueFloor);
    if (bar === undefined) return;
    if (this.state.isOver) {
      this.counts.add('discarded', bar.symbol, offered);
      this.counts.flush();
      return;
    }
    this.counts.deliver(bar.symbol, offered, judgement, item.symbol);
    if (station.overrun) inbox.count('overrun', item, offered);
  }

  private keep(item: Item): void {
    const full = this.inbox.push(item);
    if (full !== undefined) throw full;
    this.waiting = this.inbox.waiting.length;
  }

  private begin(item: Item): void {
    const { station } = this;
    station.begin(item.offered);
    this.item = item;
    this.isBusy = true;
    this.meter.onStart(item, station.start);
    const { latest } = this.state.clock;
    const began = this.times.read();
    const result = this.process(item);
    if (this.state.isOver) return;
    if (result === undefined) this.endAt(began, NOTHING);
    else if (isArray(result)) this.endAt(began, result as readonly R[]);
    else this.await(result, began, latest);
  }

  /**
   * A service that is awaited ends no earlier than its outputs are there; the clock stands still for it. Throws
   * a `DeadlockError` where it waits for that clock: then something was scheduled on it since `latest`.
   */
  private await(result: ObservableInput<R>, began: number, latest: object | undefined): void {
    const { options, state } = this;
    const settle = (): void => {
      this.endAt(began, pending.outputs, state.now);
    };
    const pending = new PendingService<R>(() => {
      options.onAwaited(settle);
    }, options.onError);
    this.pending = pending;
    if (!pending.run(result, state.clock)) {
      if (state.clock.hasScheduledSince(latest)) throw new DeadlockError(`serve "${this.edge}"`);
      return;
    }
    this.endAt(began, pending.outputs);
    pending.cancel();
  }

  /** The work is done; the service ends when its time has passed. */
  private endAt(began: number, outputs: readonly R[], earliest = -FOREVER): void {
    const { station } = this;
    this.service = this.times.since(began, this.item as Item);
    const computed = station.start + this.service;
    const finish = computed > earliest ? computed : earliest;
    this.outputs = outputs;
    this.finish = finish;
    station.release(finish);
    if (finish <= station.start || finish <= this.state.now) this.settle();
  }

  private block(at: number): void {
    this.isBlocked = true;
    this.station.release(FOREVER, at);
    this.meter.onBlocked(at);
  }

  /** The server takes what waits, until something takes its time; then the gate is asked. */
  private free(): void {
    this.isBusy = false;
    if (this.isPumping) return;
    if (this.waiting > 0) {
      this.isPumping = true;
      while (this.waiting > 0 && !this.isBusy && !this.state.isOver) {
        this.waiting -= 1;
        this.begin(this.inbox.waiting.shift() as Item);
      }
      this.isPumping = false;
      if (this.isBusy) return;
    }
    this.gate.drain();
  }
}
