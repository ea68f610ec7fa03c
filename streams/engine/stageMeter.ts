import { LogLinearHistogram } from '../../operators';
import { bucketOf } from '../../operators/kernel/logLinearHistogram';
import type { ServiceMeter } from '../../operators';
import type { Micros } from '../bars/bar';
import type { Item } from '../bars/item';
import type { EdgeName, PipelineEvent, StageName } from '../events';
import { ROWS, ServiceColumns } from './evidence';
import type { StageEvidence } from './evidence';

interface StageMeterOptions {
  readonly stage: StageName;
  /** The stage's incoming edge. */
  readonly edge: EdgeName;
  /** Nothing counts as due before that, in milliseconds of the run. */
  readonly dueFloor: () => number;
  /** What the verdict on the stage will be argued from. */
  readonly evidence?: StageEvidence | undefined;
  /** Whether hand-overs are counted: clock-driven they are. */
  readonly isClockDriven?: () => boolean;
  /** Called with each item that was served, watermarks included. */
  readonly onServed?: ((item: Item, serviceTime: number) => void) | undefined;
}

/** Service times, lateness, busy and blocked time of one stage, between one window and the next. */
export class StageMeter implements ServiceMeter<Item> {
  readonly #stage: StageName;
  readonly #edge: EdgeName;
  readonly #dueFloor: StageMeterOptions['dueFloor'];
  readonly #served: StageMeterOptions['onServed'];
  readonly #evidence: StageEvidence | undefined;
  readonly #isClockDriven: () => boolean;
  readonly #service = new LogLinearHistogram();
  readonly #lateness = new LogLinearHistogram();
  /** What was served, until it is gone through. */
  readonly #columns = new ServiceColumns();
  /** Of the rows in the columns: since when things are due, and whether their hand-overs were clock-driven. */
  #floor = -Infinity;
  #isCounted = true;
  /** Of the service under way: so long nothing was computed. */
  #awaitedMs = 0;
  #inService = false;
  /** Lateness is counted when a service begins: that of the row under way was counted already. */
  #isLatenessCounted = false;
  #finish = 0;
  #busy = 0;
  #reported = 0;
  #blocked = 0;
  /** Infinity while it is not. */
  #blockedSince = Infinity;
  #blockedReported = 0;
  #passed = 0;

  /** Until then, in market time, no item ends the stage's window. Without windows none does. */
  #until = Infinity;
  #reach: ((market: Micros, at: number) => Micros) | undefined;

  constructor(options: StageMeterOptions) {
    this.#stage = options.stage;
    this.#edge = options.edge;
    this.#dueFloor = options.dueFloor;
    this.#served = options.onServed;
    this.#evidence = options.evidence;
    this.#isClockDriven = options.isClockDriven ?? (() => true);
  }

  /** How many services have been over so far. */
  get passed(): number {
    return this.#passed + this.#columns.length;
  }

  /** When the last one was, in milliseconds of the run. */
  get latest(): number {
    return this.#finish;
  }

  /** Called with an item's market time when the item may end a window, before it is served; says until when none does. */
  set onReach(reach: (market: Micros, at: number) => Micros) {
    this.#reach = reach;
    this.#until = -Infinity;
  }

  onStart(item: Item, at: number): void {
    if (item.market > this.#until) this.#until = this.#reach?.(item.market, at) ?? Infinity;
    const floor = this.#dueFloor();
    const isCounted = this.#isClockDriven();
    if (floor !== this.#floor || isCounted !== this.#isCounted) {
      this.#goThrough();
      this.#floor = floor;
      this.#isCounted = isCounted;
    }
    const columns = this.#columns;
    const row = columns.length;
    columns.due[row] = item.due > floor ? item.due : floor;
    columns.start[row] = at;
    columns.isBar[row] = item.bar === undefined ? 0 : 1;
    this.#inService = true;
    if (!isCounted || this.#evidence === undefined) return;
    columns.market[row] = item.market;
    columns.offered[row] = item.offered;
    columns.key[row] = this.#evidence.keyOf(item);
  }

  /** Within a service: a strategy's part of it, in any unit: parts are taken in proportion. */
  onCharge(strategy: number, part: number): void {
    const columns = this.#columns;
    if (!this.#isCounted) return;
    columns.charge((columns.key[columns.length] as number) + 1 + strategy, part);
  }

  /** Within a service: so long, in milliseconds, nothing was computed, but waited for. */
  onAwaited(ms: number): void {
    this.#awaitedMs += ms;
  }

  /** Watermarks take time, but are no items to count. */
  onServed(item: Item, start: number, serviceTime: number): void {
    const columns = this.#columns;
    const row = columns.length;
    columns.start[row] = start;
    columns.serviceMs[row] = serviceTime;
    columns.awaitedMs[row] = this.#awaitedMs < serviceTime ? this.#awaitedMs : serviceTime;
    columns.chargesEnd[row] = columns.charges;
    this.#awaitedMs = 0;
    this.#inService = false;
    this.#busy += serviceTime;
    this.#finish = start + serviceTime;
    columns.length = row + 1;
    if (row + 1 === ROWS) this.#goThrough();
    this.#served?.(item, serviceTime);
  }

  onBlocked(at: number): void {
    this.#blockedSince = at;
  }

  onUnblocked(at: number): void {
    const since = this.#blockedSince;
    const blocked = at > since ? at - since : 0;
    this.#blocked += blocked;
    this.#blockedSince = Infinity;
    const columns = this.#columns;
    const last = columns.length - 1;
    if (last < 0) this.#evidence?.onUnblocked(at, blocked);
    else {
      columns.blockedMs[last] = blocked;
      columns.unblockedAt[last] = at;
    }
  }

  /** Ends a window at the time `at`; its busy and blocked milliseconds, and events of what was measured in it. */
  flush(at: number): { busyMs: number; blockedMs: number; events: PipelineEvent[] } {
    const stage = this.#stage;
    const edge = this.#edge;
    const events: PipelineEvent[] = [];
    this.#goThrough();
    this.#countUnderWay();
    if (this.#service.count > 0) {
      const { count, total: totalMs, min: minMs, max: maxMs } = this.#service;
      const buckets = this.#service.drain();
      events.push({ type: 'served', at, stage, count, totalMs, minMs, maxMs, buckets });
    }
    if (this.#lateness.count > 0) {
      const { count, total: totalMs, max: maxMs } = this.#lateness;
      const buckets = this.#lateness.drain();
      events.push({ type: 'lateness', at, edge, count, totalMs, maxMs, buckets });
    }
    const evidence = this.#evidence?.drain(at);
    if (evidence !== undefined) events.push(evidence);
    // What is in service has been so since its start; what was judged by measured times on the wall
    // may be over only after `at`.
    const busySoFar = this.#inService
      ? this.#busy + Math.max(0, at - (this.#columns.start[0] as number))
      : this.#busy - Math.max(0, this.#finish - at);
    const busyMs = Math.max(0, busySoFar - this.#reported);
    this.#reported += busyMs;
    const blockedSoFar = this.#blocked + Math.max(0, at - this.#blockedSince);
    const blockedMs = Math.max(0, blockedSoFar - this.#blockedReported);
    this.#blockedReported += blockedMs;
    return { busyMs, blockedMs, events };
  }

  /** Counts the rows, and hands them to the evidence. */
  #goThrough(): void {
    const columns = this.#columns;
    const service = this.#service;
    const lateness = this.#lateness;
    const { length, isBar, due, start, serviceMs, cell } = columns;
    if (length === 0) return;
    for (let row = 0; row < length; row += 1) {
      const ms = serviceMs[row] as number;
      cell[row] = bucketOf(ms);
      if (isBar[row] === 0) continue;
      service.recordIn(cell[row] as number, ms);
      if (row === 0 && this.#isLatenessCounted) continue;
      const late = (start[row] as number) - (due[row] as number);
      lateness.record(late > 0 ? late : 0);
    }
    this.#isLatenessCounted = false;
    this.#evidence?.addAll(columns, this.#floor, this.#isCounted);
    this.#passed += length;
    columns.clear();
  }

  /** An item's lateness is known when its service begins. */
  #countUnderWay(): void {
    const { isBar, due, start } = this.#columns;
    if (!this.#inService || isBar[0] === 0 || this.#isLatenessCounted) return;
    this.#isLatenessCounted = true;
    this.#lateness.record(Math.max(0, (start[0] as number) - (due[0] as number)));
  }
}
