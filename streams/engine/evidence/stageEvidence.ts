import { EdgeRule, isAfter, Station } from '../../../operators/kernel/station';
import type { Micros } from '../../bars/bar';
import type { Item } from '../../bars/item';
import type { EvidenceEvent, StageName } from '../../events';
import { BusyPeriods } from './busyPeriods';
import { CostNames } from './costs';
import { MarketMinutes } from './marketMinutes';
import type { ServiceColumns } from './serviceColumns';

interface StageEvidenceOptions {
  readonly stage: Exclude<StageName, 'coordinator'>;
  /** Length of a base bar; 0 where every tick is one. */
  readonly baseInterval: Micros;
  /** How many intervals there are. */
  readonly intervals: number;
  /** Names of the strategies that charge it, by their numbers. */
  readonly strategies: readonly string[];
}

/** Items at first that are compared with the later ones. */
const FIRST_ITEMS = 100;

/**
 * What a verdict on one stage is argued from, in market time: what the windows, the clock and
 * the machine. It is notified of services when they are over, in order; its memory is bounded.
 */
export class StageEvidence {
  readonly #stage: StageEvidenceOptions['stage'];
  readonly #names: CostNames;
  /** The stage with all others instant: the same arrivals, at their due times, and service times. */
  readonly #isolated = new Station();
  readonly #edge = new EdgeRule();
  readonly #minutes: MarketMinutes;
  readonly #periods: BusyPeriods;
  /** When the stage became free. */
  #free = -Infinity;
  #seen = 0;
  #deliveries = 0;
  #behind = 0;
  #isolatedBehind = 0;
  #awaitedTotalMs = 0;
  #first = { items: 0, workMs: 0, behind: 0 };
  #firstItems = 0;

  constructor({ stage, baseInterval, intervals, strategies }: StageEvidenceOptions) {
    this.#stage = stage;
    this.#names = new CostNames(intervals, strategies);
    this.#minutes = new MarketMinutes(this.#names);
    this.#periods = new BusyPeriods(this.#names, baseInterval);
  }

  /** Key of the costs of an item's series, without strategy; those of its strategies follow, by their numbers. */
  keyOf(item: Item): number {
    return this.#names.keyOf(item);
  }

  /** The outputs of the last service of all had to wait for the next gate until `at`. */
  onUnblocked(at: number, blockedMs: number): void {
    this.#periods.blocked(blockedMs);
    if (at > this.#free) this.#free = at;
  }

  /** What there is since the last one; undefined where nothing was served. */
  drain(at: number): EvidenceEvent | undefined {
    if (this.#seen === 0) return undefined;
    const event: EvidenceEvent = {
      type: 'evidence',
      at,
      stage: this.#stage,
      deliveries: this.#deliveries,
      behind: this.#behind,
      isolatedBehind: this.#isolatedBehind,
      awaitedMs: this.#awaitedTotalMs,
      ...(this.#first.items === 0 ? {} : { first: this.#first }),
      ...this.#minutes.drain(),
      ...this.#periods.drain(),
    };
    this.#seen = 0;
    this.#deliveries = 0;
    this.#behind = 0;
    this.#isolatedBehind = 0;
    this.#awaitedTotalMs = 0;
    if (this.#first.items > 0) this.#first = { items: 0, workMs: 0, behind: 0 };
    return event;
  }

  /**
   * Services are over, in order. Watermarks take time, but are no items to count.
   *
   * @param floor Nothing counts as due before the last switch to clock-driven.
   * @param isCounted Whether their hand-overs were clock-driven: data-driven, arrivals tell nothing.
   */
  addAll(columns: ServiceColumns, floor: number, isCounted: boolean): void {
    const { length, awaitedMs } = columns;
    this.#seen += length;
    for (let row = 0; row < length; row += 1) this.#awaitedTotalMs += awaitedMs[row] as number;
    if (!isCounted) {
      this.#follow(columns);
      this.#periods.recordAll(columns);
      return;
    }
    this.#judge(columns, floor);
    if (this.#firstItems < FIRST_ITEMS) this.#countFirst(columns);
    columns.spreadCharges();
    this.#minutes.addAll(columns);
    this.#periods.addAll(columns);
  }

  /** Services of hand-overs that are not counted say nothing but when the stage is free. */
  #follow({ length, due, start, serviceMs, unblockedAt }: ServiceColumns): void {
    const isolated = this.#isolated;
    for (let row = 0; row < length; row += 1) {
      isolated.serve(due[row] as number, serviceMs[row] as number);
    }
    const last = length - 1;
    const dueAt = due[last] as number;
    this.#edge.offer(dueAt, true);
    isolated.edge.offer(dueAt, true);
    const finish = (start[last] as number) + (serviceMs[last] as number);
    this.#free = Math.max(finish, unblockedAt[last] as number);
  }

  #judge(columns: ServiceColumns, floor: number): void {
    const { length, due, offered, start, serviceMs, unblockedAt, isBar } = columns;
    const { isReady, isBehind, isBehindIsolated, waitMs } = columns;
    const edge = this.#edge;
    const isolated = this.#isolated;
    let free = this.#free;
    let deliveries = 0;
    let behind = 0;
    let behindIsolated = 0;
    for (let row = 0; row < length; row += 1) {
      const dueAt = due[row] as number;
      const offeredAt = offered[row] as number;
      const began = start[row] as number;
      const took = serviceMs[row] as number;
      const ready = !isAfter(free, offeredAt);
      isReady[row] = ready ? 1 : 0;
      const own = edge.offer(dueAt, ready, floor) === 'behind' ? 1 : 0;
      const alone = isolated.offer(dueAt, dueAt) === 'behind' ? 1 : 0;
      isolated.serve(dueAt, took);
      isBehind[row] = own;
      isBehindIsolated[row] = alone;
      waitMs[row] = began > offeredAt ? began - offeredAt : 0;
      free = began + took;
      if ((unblockedAt[row] as number) > free) free = unblockedAt[row] as number;
      if (isBar[row] === 0) continue;
      deliveries += 1;
      behind += own;
      behindIsolated += alone;
    }
    this.#free = free;
    this.#deliveries += deliveries;
    this.#behind += behind;
    this.#isolatedBehind += behindIsolated;
  }

  #countFirst({ length, isBar, isBehind, serviceMs }: ServiceColumns): void {
    for (let row = 0; row < length && this.#firstItems < FIRST_ITEMS; row += 1) {
      if (isBar[row] === 0) continue;
      this.#firstItems += 1;
      this.#first.items += 1;
      this.#first.workMs += serviceMs[row] as number;
      this.#first.behind += isBehind[row] as number;
    }
  }
}
