import type { BehindRange, MinuteEvidence } from '../../events';
import type { Micros } from '../../bars/bar';
import type { CostNames } from './costs';
import { addCosts, CostSums } from './costs';
import type { ServiceColumns } from './serviceColumns';
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
const behindOf = ({ behind }: BehindRange): number => behind;

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
  #range: { from: Micros; to: Micros; behind: number; deliveries: number } | undefined;
  /** A minute in which waits fell, between two in which they rose. */
  #bridge: { to: Micros; behind: number; deliveries: number } | undefined;
  readonly #minutes: MinuteEvidence[] = [];
  readonly #ranges: BehindRange[] = [];
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
    if (this.#deliveries === 0) this.#firstWaitMs = wait;
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
    if (minute !== this.#minute + 1) this.#closeRange();
    this.#minute = minute;
    this.#to = minute * MINUTE;
  }

  drain(): MinutesPart {
    const open = this.#evidence();
    const range = this.#openRange();
    const minutesOfDay = this.#drainDay();
    const part: MinutesPart = {
      minutes: worstOf(this.#minutes, troubleOf),
      ranges: worstOf(this.#ranges, behindOf),
      ...(open === undefined ? {} : { openMinute: open }),
      ...(range === undefined ? {} : { openRange: range }),
      minutesOfDay,
      days: this.#days,
    };
    this.#minutes.length = 0;
    this.#ranges.length = 0;
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
    this.#extendRange();
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

  /** A backlog that is worked off is no trouble of its minute: a range goes on while waits do not fall. */
  #extendRange(): void {
    const to = this.#minute * MINUTE;
    if (this.#behind === 0) {
      this.#closeRange();
      return;
    }
    const mine = { behind: this.#behind, deliveries: this.#deliveries };
    if (this.#lastWaitMs < this.#firstWaitMs) {
      if (this.#bridge !== undefined) this.#closeRange();
      if (this.#range !== undefined) this.#bridge = { to, ...mine };
      return;
    }
    const range = (this.#range ??= { from: to - MINUTE, to, behind: 0, deliveries: 0 });
    const between = this.#bridge ?? { behind: 0, deliveries: 0 };
    range.to = to;
    range.behind += mine.behind + between.behind;
    range.deliveries += mine.deliveries + between.deliveries;
    this.#bridge = undefined;
  }

  /** The range as it would be if the open minute were over. */
  #openRange(): BehindRange | undefined {
    const to = this.#minute * MINUTE;
    const { behind, deliveries } = { behind: this.#behind, deliveries: this.#deliveries };
    const rises = behind > 0 && this.#lastWaitMs >= this.#firstWaitMs;
    if (!rises) return this.#range === undefined ? undefined : { ...this.#range };
    const range = this.#range ?? { from: to - MINUTE, to, behind: 0, deliveries: 0 };
    const between = this.#bridge ?? { behind: 0, deliveries: 0 };
    return {
      from: range.from,
      to,
      behind: range.behind + behind + between.behind,
      deliveries: range.deliveries + deliveries + between.deliveries,
    };
  }

  #closeRange(): void {
    if (this.#range !== undefined) keep(this.#ranges, { ...this.#range }, behindOf);
    this.#range = undefined;
    this.#bridge = undefined;
  }
}
