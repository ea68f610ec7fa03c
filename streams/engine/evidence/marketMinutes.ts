import type { BehindRange, MinuteEvidence } from '../../events';
import type { Micros } from '../../bars/bar';
import type { CostNames } from './costs';
import { addCosts, CostSums } from './costs';
import type { ServiceColumns } from './serviceColumns';
import { BehindRanges } from './behindRanges';
import { keep, worstOf } from './worst';

const MINUTE: Micros = 60_000_000;
const DAY_MINUTES = 1_440;

/** What the minutes have been since the last `drain`. */
interface MinutesPart {
  readonly minutes: readonly MinuteEvidence[];
  readonly ranges: readonly BehindRange[];
  readonly openMinute?: MinuteEvidence;
  readonly openRange?: BehindRange;
  /** By minute of the day, three numbers each: minute, deliveries, behind. */
  readonly minutesOfDay: readonly number[];
  /** Epoch days on which something was *behind*. */
  readonly days: readonly number[];
}

const troubleOf = ({ behind, isolatedBehind }: MinuteEvidence): number =>
  Math.max(behind, isolatedBehind);

/** One stage's market minutes (start, end], by the due time of what it served. */
export class MarketMinutes {
  readonly #costs: CostSums;
  /** Epoch minutes of the open one's end. */
  #minute = NaN;
  #to: Micros = NaN;
  #deliveries = 0;
  #behind = 0;
  #isolatedBehind = 0;
  #workMs = 0;
  #maxWaitMs = 0;
  #firstWaitMs = 0;
  #lastWaitMs = 0;
  /** Of the open minute, what was counted by minute of the day. */
  readonly #counted = { deliveries: 0, behind: 0 };
  readonly #ranges = new BehindRanges();
  readonly #minutes: MinuteEvidence[] = [];
  readonly #ofDay = new Float64Array(DAY_MINUTES * 2);
  readonly #touched: number[] = [];
  #days: number[] = [];

  constructor(names: CostNames) {
    this.#costs = new CostSums(names);
  }

  /** Services that are over, in order. */
  addAll(columns: ServiceColumns): void {
    const { length, market, serviceMs, isBar } = columns;
    let charge = 0;
    for (let row = 0; row < length; row += 1) {
      const at = market[row] as number;
      if (!(at <= this.#to && at > this.#to - MINUTE)) this.#enter(at);
      if (isBar[row] !== 0) this.#add(columns, row);
      this.#workMs += serviceMs[row] as number;
      charge = addCosts(this.#costs, columns, row, charge);
    }
  }

  #add({ waitMs, isBehind, isBehindIsolated }: ServiceColumns, row: number): void {
    const wait = waitMs[row] as number;
    if (this.#deliveries === 0) {
      this.#firstWaitMs = wait;
      this.#ranges.onNext(wait);
    }
    this.#lastWaitMs = wait;
    if (wait > this.#maxWaitMs) this.#maxWaitMs = wait;
    this.#deliveries += 1;
    this.#behind += isBehind[row] as number;
    this.#isolatedBehind += isBehindIsolated[row] as number;
  }

  /** Goes on to the minute in which something is due at `market`. */
  #enter(market: Micros): void {
    const minute = Math.ceil(market / MINUTE);
    this.#close();
    if (minute !== this.#minute + 1) this.#ranges.break();
    this.#minute = minute;
    this.#to = minute * MINUTE;
  }

  drain(): MinutesPart {
    const open = this.#evidence();
    const range = this.#ranges.openWith(this.#counts());
    const minutesOfDay = this.#drainDay();
    const part: MinutesPart = {
      minutes: worstOf(this.#minutes, troubleOf),
      ranges: this.#ranges.drain(),
      ...(open === undefined ? {} : { openMinute: open }),
      ...(range === undefined ? {} : { openRange: range }),
      minutesOfDay,
      days: this.#days,
    };
    this.#minutes.length = 0;
    this.#days = [];
    return part;
  }

  #drainDay(): number[] {
    this.#countDay();
    const flat: number[] = [];
    for (const minute of this.#touched.sort((a, b) => a - b)) {
      const at = minute * 2;
      flat.push(minute, this.#ofDay[at] as number, this.#ofDay[at + 1] as number);
      this.#ofDay[at] = 0;
      this.#ofDay[at + 1] = 0;
    }
    this.#touched.length = 0;
    return flat;
  }

  /** What the open minute has had since it was counted last. */
  #countDay(): void {
    const deliveries = this.#deliveries - this.#counted.deliveries;
    const behind = this.#behind - this.#counted.behind;
    if (deliveries === 0) return;
    const minute = (((this.#minute - 1) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
    if (this.#ofDay[minute * 2] === 0) this.#touched.push(minute);
    this.#ofDay[minute * 2] = (this.#ofDay[minute * 2] as number) + deliveries;
    this.#ofDay[minute * 2 + 1] = (this.#ofDay[minute * 2 + 1] as number) + behind;
    this.#counted.deliveries = this.#deliveries;
    this.#counted.behind = this.#behind;
    if (behind === 0) return;
    const day = Math.floor((this.#minute - 1) / DAY_MINUTES);
    if (this.#days.at(-1) !== day) this.#days.push(day);
  }

  /** Of the open minute, unless nothing was *behind*. */
  #evidence(): MinuteEvidence | undefined {
    if (this.#behind === 0 && this.#isolatedBehind === 0) return undefined;
    return {
      to: this.#minute * MINUTE,
      deliveries: this.#deliveries,
      behind: this.#behind,
      isolatedBehind: this.#isolatedBehind,
      workMs: this.#workMs,
      maxWaitMs: this.#maxWaitMs,
      top: this.#costs.top(),
    };
  }

  #close(): void {
    const evidence = this.#evidence();
    if (evidence !== undefined) keep(this.#minutes, evidence, troubleOf);
    this.#countDay();
    const counts = this.#counts();
    if (counts === undefined) this.#ranges.break();
    else this.#ranges.add(counts);
    this.#deliveries = 0;
    this.#behind = 0;
    this.#counted.deliveries = 0;
    this.#counted.behind = 0;
    this.#isolatedBehind = 0;
    this.#workMs = 0;
    this.#maxWaitMs = 0;
    this.#firstWaitMs = 0;
    this.#lastWaitMs = 0;
    this.#costs.clear();
  }

  /** The open minute, if anything arrived in it. */
  #counts() {
    if (this.#deliveries === 0) return undefined;
    const to = this.#minute * MINUTE;
    return {
      from: to - MINUTE,
      to,
      deliveries: this.#deliveries,
      behind: this.#behind,
      firstWaitMs: this.#firstWaitMs,
      lastWaitMs: this.#lastWaitMs,
    };
  }
}
