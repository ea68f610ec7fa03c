import { isAfter } from '../../../operators/kernel/station';
import type { Micros } from '../../bars/bar';
import type { BusyPeriod, Pattern, PatternSums } from '../../events';
import type { CostNames } from './costs';
import { addCosts, LongestServices } from './costs';
import type { ServiceColumns } from './serviceColumns';
import { CellCounts, WorkHistogram } from './workHistogram';
import { keep, worstOf } from './worst';

/** A service is slow above this many times the median; a rise is, if such services hold half of its work. */
const SLOW = 5;
const HALF = 0.5;
/** A rise is long if it lasts so long in market time … */
const LONG: Micros = 30_000_000;
/** … or this many base intervals, whichever is longer. */
const LONG_INTERVALS = 5;

interface BusyPeriodsPart {
  readonly patterns: Partial<Record<Pattern, PatternSums>>;
  readonly periods: readonly BusyPeriod[];
  readonly openPeriod?: BusyPeriod;
}

const weightOf = ({ maxWaitMs }: BusyPeriod): number => maxWaitMs;

/** One stage's busy periods: those with *behind* events leave with their pattern. */
export class BusyPeriods {
  readonly #long: Micros;
  readonly #longest: LongestServices;
  /** Of the run. */
  readonly #all = new CellCounts();
  #median = 0;
  #medianAt = 0;
  /** Of the rise, and of what came since: it belongs to the rise if a wait is longer still. */
  readonly #rise = new WorkHistogram();
  readonly #since = new WorkHistogram();
  /** The latest service stays out of the histograms until there is another one: most busy periods have one. */
  #hasLatest = false;
  #latestCell = 0;
  #latestMs = NaN;
  #from: Micros = 0;
  #to: Micros = 0;
  #riseTo: Micros = 0;
  #items = 0;
  #behind = 0;
  #maxWaitMs = 0;
  #workMs = 0;
  #blockedMs = 0;
  #awaitedMs = 0;
  #patterns: Partial<Record<Pattern, PatternSums>> = {};
  readonly #periods: BusyPeriod[] = [];

  constructor(names: CostNames, baseInterval: Micros) {
    this.#long = Math.max(LONG, LONG_INTERVALS * baseInterval);
    this.#longest = new LongestServices(names);
  }

  /** Services that are over, in order. */
  addAll(columns: ServiceColumns): void {
    const { length, market, serviceMs, cell, awaitedMs, blockedMs, isBar, isReady } = columns;
    let charge = 0;
    for (let row = 0; row < length; row += 1) {
      if (isReady[row] !== 0) this.#begin(market[row] as number);
      if (isBar[row] !== 0) this.#item(columns, row);
      this.#serve(cell[row] as number, serviceMs[row] as number, awaitedMs[row] as number);
      charge = addCosts(this.#longest, columns, row, charge);
      this.#blockedMs += blockedMs[row] as number;
    }
  }

  /** Services of hand-overs that are not counted: they are work of the run, and of no busy period. */
  recordAll({ length, cell }: ServiceColumns): void {
    for (let row = 0; row < length; row += 1) this.#all.add(cell[row] as number);
  }

  /** An item finds the stage idle. */
  #begin(market: Micros): void {
    this.#close();
    this.#from = market;
    this.#riseTo = market;
  }

  #item({ market, waitMs, isBehind }: ServiceColumns, row: number): void {
    const at = market[row] as number;
    const wait = waitMs[row] as number;
    this.#items += 1;
    this.#to = at;
    this.#behind += isBehind[row] as number;
    // Waits that differ by rounding alone are equally long: a rise ends with the last of them.
    if (isAfter(this.#maxWaitMs, wait)) return;
    if (wait > this.#maxWaitMs) this.#maxWaitMs = wait;
    this.#riseTo = at;
    this.#rise.absorb(this.#since);
    if (!this.#hasLatest) return;
    this.#hasLatest = false;
    this.#rise.addWork(this.#latestCell, this.#latestMs);
  }

  #serve(cell: number, ms: number, awaitedMs: number): void {
    this.#workMs += ms;
    this.#awaitedMs += awaitedMs;
    this.#all.add(cell);
    if (this.#hasLatest) this.#since.addWork(this.#latestCell, this.#latestMs);
    this.#hasLatest = true;
    this.#latestCell = cell;
    this.#latestMs = ms;
  }

  /** The outputs of the last service have waited for the next gate. */
  blocked(ms: number): void {
    this.#blockedMs += ms;
  }

  drain(): BusyPeriodsPart {
    const open = this.#behind > 0 ? this.#period() : undefined;
    const part: BusyPeriodsPart = {
      patterns: this.#patterns,
      periods: worstOf(this.#periods, weightOf),
      ...(open === undefined ? {} : { openPeriod: open }),
    };
    this.#patterns = {};
    this.#periods.length = 0;
    return part;
  }

  #close(): void {
    if (this.#behind > 0) {
      const period = this.#period();
      const before = this.#patterns[period.pattern] ?? NO_SUMS;
      this.#patterns[period.pattern] = plus(before, period);
      keep(this.#periods, period, weightOf);
    }
    this.#rise.clear();
    this.#since.clear();
    this.#hasLatest = false;
    this.#longest.clear();
    this.#items = 0;
    this.#behind = 0;
    this.#maxWaitMs = 0;
    this.#workMs = 0;
    this.#blockedMs = 0;
    this.#awaitedMs = 0;
  }

  #period(): BusyPeriod {
    return {
      pattern: this.#pattern(),
      from: this.#from,
      riseTo: this.#riseTo,
      to: this.#to,
      items: this.#items,
      behind: this.#behind,
      maxWaitMs: this.#maxWaitMs,
      workMs: this.#workMs,
      blockedMs: this.#blockedMs,
      awaitedMs: this.#awaitedMs,
      top: this.#longest.top(),
    };
  }

  #pattern(): Pattern {
    if (this.#workMs > 0 && this.#awaitedMs >= HALF * this.#workMs) return 'waiting';
    const isLong = this.#riseTo - this.#from >= this.#long;
    const median = isLong ? this.#rise.median() : this.#medianOfAll();
    const slow = this.#rise.workAbove(SLOW * median);
    if (slow > 0 && slow >= HALF * this.#rise.total) return 'slow-items';
    return isLong ? 'overload' : 'bursty-arrivals';
  }

  /** Looked up anew when there is 1 % more to look at. */
  #medianOfAll(): number {
    if (this.#all.count > this.#medianAt * 1.01) {
      this.#median = this.#all.median();
      this.#medianAt = this.#all.count;
    }
    return this.#median;
  }
}

const NO_SUMS: PatternSums = { periods: 0, behind: 0, workMs: 0, awaitedMs: 0 };

function plus(sums: PatternSums, { behind, workMs, awaitedMs }: BusyPeriod): PatternSums {
  return {
    periods: sums.periods + 1,
    behind: sums.behind + behind,
    workMs: sums.workMs + workMs,
    awaitedMs: sums.awaitedMs + awaitedMs,
  };
}
