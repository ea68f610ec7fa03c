import { EdgeRule, isAfter, Station } from '../../../operators/kernel/station';
import type { EvidenceEvent, StageName } from '../../events';
import type { Item } from '../../bars/item';
import type { Micros } from '../../bars/bar';
import { BusyPeriods } from './busyPeriods';
import { CostNames } from './costs';
import { MarketMinutes } from './marketMinutes';

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
 * What a verdict on one stage is argued from, in market time: whatever the windows, the clock and
 * the machine. It is told of each service when that is over, in order; its memory is bounded.
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
  /** Of the service that is under way: strategies' numbers and times. */
  #strategies: number[] = [];
  #took: number[] = [];
  #charges = 0;
  #charged = 0;
  #awaitedMs = 0;
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

  /** Within a service: a strategy's part of it. */
  onCharge(strategy: number, ms: number): void {
    this.#strategies[this.#charges] = strategy;
    this.#took[this.#charges] = ms;
    this.#charges += 1;
    this.#charged += ms;
  }

  /** Within a service: so long nothing was computed, but waited for. */
  onAwaited(ms: number): void {
    this.#awaitedMs += ms;
  }

  /**
   * A service is over. Watermarks take time, but are no items to count.
   *
   * @param floor Nothing counts as due before the last switch to clock-driven.
   * @param isCounted Whether its hand-over was clock-driven.
   */
  onServed(
    item: Item,
    floor: number,
    offered: number,
    start: number,
    serviceMs: number,
    isCounted: boolean,
  ): void {
    const { market } = item;
    const due = item.due > floor ? item.due : floor;
    const awaited = Math.min(this.#awaitedMs, serviceMs);
    this.#minutes.reach(market);
    const isReady = !isAfter(this.#free, offered);
    if (!isCounted) {
      this.#serveUncounted(item, isReady, serviceMs, awaited);
      this.#free = start + serviceMs;
      return;
    }
    if (isReady) this.#periods.begin(market);
    const isBehind = this.#edge.offer(item.due, isReady, floor) === 'behind';
    const isBehindIsolated = this.#isolated.offer(due, due) === 'behind';
    this.#isolated.serve(due, serviceMs);
    if (item.bar !== undefined) {
      const wait = start > offered ? start - offered : 0;
      this.#count(isBehind, isBehindIsolated, serviceMs);
      this.#minutes.item(wait, isBehind, isBehindIsolated);
      this.#periods.item(market, wait, isBehind);
    }
    this.#minutes.work(serviceMs);
    this.#periods.service(serviceMs, awaited);
    this.#awaitedTotalMs += awaited;
    this.#spread(item, serviceMs, true);
    this.#free = start + serviceMs;
  }

  /** Data-driven: the work counts, and arrivals tell nothing. */
  #serveUncounted(item: Item, isReady: boolean, serviceMs: number, awaited: number): void {
    this.#edge.offer(item.due, isReady);
    this.#isolated.offer(item.due, item.due);
    this.#isolated.serve(item.due, serviceMs);
    this.#minutes.work(serviceMs);
    this.#periods.record(serviceMs);
    this.#awaitedTotalMs += awaited;
    this.#spread(item, serviceMs, false);
  }

  /** Its outputs have passed the next gate, which they had to wait for. */
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
    this.#first = { items: 0, workMs: 0, behind: 0 };
    return event;
  }

  #count(isBehind: boolean, isBehindIsolated: boolean, serviceMs: number): void {
    this.#deliveries += 1;
    if (isBehind) this.#behind += 1;
    if (isBehindIsolated) this.#isolatedBehind += 1;
    if (this.#firstItems === FIRST_ITEMS) return;
    this.#firstItems += 1;
    this.#first.items += 1;
    this.#first.workMs += serviceMs;
    if (isBehind) this.#first.behind += 1;
  }

  /** A service's time goes to the strategies in the proportion of what they took. */
  #spread(item: Item, serviceMs: number, isCounted: boolean): void {
    this.#seen += 1;
    const key = this.#names.keyOf(item);
    const { costs } = this.#minutes;
    const { longest } = this.#periods;
    if (this.#charged > 0) {
      const scale = serviceMs / this.#charged;
      for (let i = 0; i < this.#charges; i += 1) {
        const of = key + 1 + (this.#strategies[i] as number);
        const ms = (this.#took[i] as number) * scale;
        costs.add(of, ms);
        if (isCounted) longest.add(of, ms);
      }
    } else {
      costs.add(key, serviceMs);
      if (isCounted) longest.add(key, serviceMs);
    }
    this.#charges = 0;
    this.#charged = 0;
    this.#awaitedMs = 0;
  }
}
