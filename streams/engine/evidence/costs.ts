import type { Item } from '../../bars/item';
import type { CostlyService } from '../../events';
import type { ServiceColumns } from './serviceColumns';

/** Names of what costs are kept for. A series is a symbol's bars of one interval. */
export class CostNames {
  readonly #intervals: number;
  readonly #strategies: readonly string[];
  /** How many keys a series has: one for each strategy, and one for work that no strategy did. */
  readonly #width: number;
  readonly #series: ({ readonly symbol: string; readonly interval: string } | undefined)[] = [];

  constructor(intervals: number, strategies: readonly string[]) {
    this.#intervals = intervals;
    this.#strategies = strategies;
    this.#width = strategies.length + 1;
  }

  /** Key of the item's series and no strategy; those of its strategies follow. */
  keyOf(item: Item): number {
    const number = (item.symbol + 1) * (this.#intervals + 1) + item.interval + 1;
    this.#series[number] ??= {
      symbol: item.bar?.symbol ?? '',
      interval: item.bar?.interval ?? '',
    };
    return number * this.#width;
  }

  cost(key: number, ms: number): CostlyService {
    const series = this.#series[Math.floor(key / this.#width)];
    const strategy = this.#strategies[(key % this.#width) - 1];
    const { symbol = '', interval = '' } = series ?? {};
    return { ...(strategy === undefined ? {} : { strategy }), symbol, interval, ms };
  }
}

/** Where costs are added, by their keys. */
interface Costs {
  add(key: number, ms: number): void;
}

/** The costs of one row, whose charges begin at `from`; where those of the next begin. */
export function addCosts(
  costs: Costs,
  { chargesEnd, chargeKeys, chargeMs, isCharged, key, serviceMs }: ServiceColumns,
  row: number,
  from: number,
): number {
  const to = chargesEnd[row] as number;
  if (isCharged[row] === 0) costs.add(key[row] as number, serviceMs[row] as number);
  else {
    for (let i = from; i < to; i += 1) costs.add(chargeKeys[i] as number, chargeMs[i] as number);
  }
  return to;
}

/** How many costs are named. */
const TOP = 3;

/** Sums by key, of which the greatest are asked. */
export class CostSums {
  readonly #names: CostNames;
  #sums = new Float64Array(64);
  readonly #touched: number[] = [];

  constructor(names: CostNames) {
    this.#names = names;
  }

  add(key: number, ms: number): void {
    if (ms <= 0) return;
    if (key >= this.#sums.length) {
      const longer = new Float64Array(Math.max(key + 1, this.#sums.length * 2));
      longer.set(this.#sums);
      this.#sums = longer;
    }
    const before = this.#sums[key] as number;
    if (before === 0) this.#touched.push(key);
    this.#sums[key] = before + ms;
  }

  top(): readonly CostlyService[] {
    return this.#touched
      .map((key) => ({ key, ms: this.#sums[key] as number }))
      .sort((a, b) => b.ms - a.ms || a.key - b.key)
      .slice(0, TOP)
      .map(({ key, ms }) => this.#names.cost(key, ms));
  }

  clear(): void {
    for (const key of this.#touched) this.#sums[key] = 0;
    this.#touched.length = 0;
  }
}

/** The longest services, one by one. */
export class LongestServices {
  readonly #names: CostNames;
  readonly #keys = [0, 0, 0];
  readonly #ms = new Float64Array(TOP);

  constructor(names: CostNames) {
    this.#names = names;
  }

  add(key: number, ms: number): void {
    if (!(ms > (this.#ms[TOP - 1] as number))) return;
    let at = TOP - 1;
    for (; at > 0 && ms > (this.#ms[at - 1] as number); at -= 1) {
      this.#ms[at] = this.#ms[at - 1] as number;
      this.#keys[at] = this.#keys[at - 1] as number;
    }
    this.#ms[at] = ms;
    this.#keys[at] = key;
  }

  top(): readonly CostlyService[] {
    return this.#keys.flatMap((key, i) => {
      const ms = this.#ms[i] as number;
      return ms > 0 ? [this.#names.cost(key, ms)] : [];
    });
  }

  clear(): void {
    this.#ms[0] = 0;
    this.#ms[1] = 0;
    this.#ms[2] = 0;
  }
}
