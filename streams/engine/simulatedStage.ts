import type { ObservableInput } from 'rxjs';
import { FOREVER } from '../../operators/time/clock';
import type { ServiceUnderWay } from '../../operators/serveOptions';
import { ServiceTimer } from '../../operators/kernel/serviceTime';
import { EdgeEventBatcher } from '../../operators/kernel/edgeEventBatcher';
import type { Item } from '../bars/item';
import type { ConsumerUnderWay } from './operatorGraph';
import type { StageMeter } from './stageMeter';
import type { Stage, Stages } from './stages';

const { isArray } = Array;
const NOTHING: readonly never[] = [];

/**
 * A stage with its edge, as a loop drives it: what it is at, as numbers. It is handed an item only when it is
 * ready, at the very time, so an item never waits here, and nothing but its passing is to be counted.
 */
export class SimulatedStage<R> {
  /** In service; none where there is no service. */
  item: Item | undefined;
  /** When service will be over; Infinity where that is not known, or there is none. */
  finish = FOREVER;
  /** Since when its outputs wait at the next gate; Infinity where they do not. */
  blockedSince = FOREVER;
  private readonly meter: StageMeter;
  private readonly process: Stage<R>['process'];
  private readonly times: ServiceTimer<Item>;
  private readonly tally: EdgeEventBatcher;
  /** When the item was due that was handed over last. */
  private due = NaN;
  private start = NaN;
  private service = NaN;
  /** What the stopwatch said then. */
  private began = NaN;
  private outputs: readonly R[] = NOTHING;
  /** What the end of its service depends on, if that is not here yet. */
  private pending: ObservableInput<R> | undefined;

  constructor(stage: Stage<R>, { counted }: Stages, failed: (error: unknown) => void) {
    this.meter = stage.meter;
    this.process = stage.process;
    this.times = new ServiceTimer(stage, counted.scheduler);
    this.tally = new EdgeEventBatcher({ ...counted, edge: stage.edge });
    this.tally.open(failed);
  }

  get isReady(): boolean {
    return this.item === undefined && this.blockedSince === FOREVER;
  }

  /** Its service ends when something outside is there. */
  get isPending(): boolean {
    return this.pending !== undefined;
  }

  /** The gate lets an item go at `now`, and its service begins. */
  begin(item: Item, now: number): void {
    const { bar } = item;
    item.offered = now;
    if (bar !== undefined) this.tally.deliver(bar.symbol, now, 'ready', item.symbol);
    this.item = item;
    this.due = item.due;
    this.start = now;
    this.meter.onStart(item, now);
    this.began = this.times.read();
    const result = this.process(item);
    if (result !== undefined && !isArray(result)) {
      this.pending = result;
      return;
    }
    this.outputs = result === undefined ? NOTHING : (result as readonly R[]);
    this.service = this.times.since(this.began, item);
    this.finish = now + this.service;
  }

  /** Service is over; its outputs. */
  end(): readonly R[] {
    const { outputs } = this;
    this.finish = FOREVER;
    this.outputs = NOTHING;
    this.meter.onServed(this.item as Item, this.start, this.service);
    this.item = undefined;
    return outputs;
  }

  /** Its outputs wait at the next gate. */
  block(at: number): void {
    this.blockedSince = at;
    this.meter.onBlocked(at);
  }

  /** They have passed it. */
  unblock(at: number): void {
    this.blockedSince = FOREVER;
    this.meter.onUnblocked(at);
  }

  /** Leaves what is under way here to another one; `held` is what the gate before it holds. */
  leave(held: readonly Item[]): ConsumerUnderWay<R> {
    const service = this.serviceUnderWay();
    const due = Number.isNaN(this.due) ? undefined : this.due;
    this.item = undefined;
    this.tally.close();
    return { held, service, due };
  }

  /** The last of its counts leave; of the items at the gate before it, and of the one in service, that they are discarded. */
  close(held: readonly Item[], now: number): void {
    this.tally.close();
    for (const item of held) this.lose(item, now);
    if (this.item !== undefined) this.lose(this.item, now);
    this.tally.flush();
  }

  private lose({ bar }: Item, now: number): void {
    if (bar !== undefined) this.tally.add('discarded', bar.symbol, now);
  }

  private serviceUnderWay(): ServiceUnderWay<Item, R> | undefined {
    const { item, start, service, outputs, began, pending, blockedSince } = this;
    if (blockedSince < FOREVER) return { blockedSince };
    if (item === undefined) return undefined;
    if (pending !== undefined) return { item, start, began, result: pending };
    return { item, start, service, outputs };
  }
}
