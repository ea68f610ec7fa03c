import { LogLinearHistogram } from '../../operators';
import type { ServiceMeter } from '../../operators';
import type { EdgeName, PipelineEvent, StageName } from '../events';
import type { Item } from '../bars/item';
import { isBar } from '../bars/item';
import type { StageEvidence } from './evidence';

interface StageMeterOptions {
  readonly stage: StageName;
  /** The stage's incoming edge. */
  readonly edge: EdgeName;
  /** Nothing counts as due before that, in milliseconds of the run. */
  readonly dueFloor: () => number;
  /** Called with the time at which each service was over. */
  readonly onPassed: (at: number) => void;
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
  readonly #passed: StageMeterOptions['onPassed'];
  readonly #served: StageMeterOptions['onServed'];
  readonly #evidence: StageEvidence | undefined;
  readonly #isClockDriven: () => boolean;
  readonly #service = new LogLinearHistogram();
  readonly #lateness = new LogLinearHistogram();
  #inService = false;
  #start = 0;
  /** Of the item in service. */
  #floor = -Infinity;
  #offered = 0;
  #isCounted = true;
  #finish = 0;
  #busy = 0;
  #reported = 0;
  #blocked = 0;
  /** Infinity while it is not. */
  #blockedSince = Infinity;
  #blockedReported = 0;

  constructor(options: StageMeterOptions) {
    this.#stage = options.stage;
    this.#edge = options.edge;
    this.#dueFloor = options.dueFloor;
    this.#passed = options.onPassed;
    this.#served = options.onServed;
    this.#evidence = options.evidence;
    this.#isClockDriven = options.isClockDriven ?? (() => true);
  }

  onStart(item: Item, at: number): void {
    this.#inService = true;
    this.#start = at;
    const floor = this.#dueFloor();
    const due = Math.max(item.due, floor);
    this.#floor = floor;
    this.#offered = item.offered;
    this.#isCounted = this.#isClockDriven();
    if (isBar(item)) this.#lateness.record(Math.max(0, at - due));
  }

  /** Watermarks take time, but are no items to count. */
  onServed(item: Item, start: number, serviceTime: number): void {
    this.#inService = false;
    this.#busy += serviceTime;
    this.#finish = start + serviceTime;
    if (isBar(item)) this.#service.record(serviceTime);
    this.#evidence?.onServed(item, this.#floor, this.#offered, start, serviceTime, this.#isCounted);
    this.#served?.(item, serviceTime);
    this.#passed(this.#finish);
  }

  onBlocked(at: number): void {
    this.#blockedSince = at;
  }

  onUnblocked(at: number): void {
    const blocked = Math.max(0, at - this.#blockedSince);
    this.#blocked += blocked;
    this.#blockedSince = Infinity;
    this.#evidence?.onUnblocked(at, blocked);
  }

  /** Ends a window at the time `at`; its busy and blocked milliseconds, and events of what was measured in it. */
  flush(at: number): { busyMs: number; blockedMs: number; events: PipelineEvent[] } {
    const stage = this.#stage;
    const edge = this.#edge;
    const events: PipelineEvent[] = [];
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
      ? this.#busy + Math.max(0, at - this.#start)
      : this.#busy - Math.max(0, this.#finish - at);
    const busyMs = Math.max(0, busySoFar - this.#reported);
    this.#reported += busyMs;
    const blockedSoFar = this.#blocked + Math.max(0, at - this.#blockedSince);
    const blockedMs = Math.max(0, blockedSoFar - this.#blockedReported);
    this.#blockedReported += blockedMs;
    return { busyMs, blockedMs, events };
  }
}
