/** What a row found: bars by interval, crossings, and a digest of every bar where it was asked for. */
interface Counts {
  readonly bars: Readonly<Record<string, number>>;
  readonly buys: number;
  readonly sells: number;
  readonly digest: string;
}

export type Side = 'buy' | 'sell';

export interface BarLike {
  readonly symbol: string;
  readonly interval: string;
  readonly start: number;
  readonly end: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly count: number;
}

const FAST = 5;
const SLOW = 20;
const number = new Float64Array(1);
const halves = new Uint32Array(number.buffer);

/** One symbol and interval: moving averages of 5 and 20 closes, kept up incrementally. */
export class Series {
  readonly #closes = new Float64Array(SLOW);
  readonly #digesting: boolean;
  #fast = 0;
  #slow = 0;
  #above = false;
  #digest = 0x811c9dc5;
  bars = 0;
  buys = 0;
  sells = 0;

  constructor(digesting: boolean) {
    this.#digesting = digesting;
  }

  get digest(): number {
    return this.#digest >>> 0;
  }

  /** The side on which the fast average has just crossed the slow one. */
  next(close: number): Side | undefined {
    const at = this.bars % SLOW;
    this.#slow += close - (this.#closes[at] as number);
    this.#fast += close - (this.#closes[(at + SLOW - FAST) % SLOW] as number);
    this.#closes[at] = close;
    this.bars += 1;
    if (this.bars < SLOW) return undefined;
    const above = this.#fast / FAST > this.#slow / SLOW;
    const crossed = above !== this.#above && this.bars > SLOW;
    this.#above = above;
    if (!crossed) return undefined;
    if (above) this.buys += 1;
    else this.sells += 1;
    return above ? 'buy' : 'sell';
  }

  /** For the check: folds a bar into the digest. */
  saw(
    start: number,
    end: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
    count: number,
  ): void {
    if (!this.#digesting) return;
    for (const value of [start, end, open, high, low, close, volume, count]) {
      number[0] = value;
      this.#digest = Math.imul(this.#digest ^ (halves[0] as number), 0x01000193);
      this.#digest = Math.imul(this.#digest ^ (halves[1] as number), 0x01000193);
    }
  }
}

/** The moving-average crossover that every row runs on every bar, so that it costs all the same. */
export class Crossings {
  readonly #series = new Map<string, Map<string, Series>>();
  readonly #digesting: boolean;

  constructor(digesting: boolean) {
    this.#digesting = digesting;
  }

  series(symbol: string, interval: string): Series {
    let ofInterval = this.#series.get(interval);
    if (ofInterval === undefined)
      this.#series.set(interval, (ofInterval = new Map<string, Series>()));
    let series = ofInterval.get(symbol);
    if (series === undefined) ofInterval.set(symbol, (series = new Series(this.#digesting)));
    return series;
  }

  onBar(bar: BarLike): Side | undefined {
    const series = this.series(bar.symbol, bar.interval);
    const { start, end, open, high, low, close, volume, count } = bar;
    series.saw(start, end, open, high, low, close, volume, count);
    return series.next(close);
  }

  counts(): Counts {
    const bars: Record<string, number> = {};
    const digests: string[] = [];
    let buys = 0;
    let sells = 0;
    for (const [interval, symbols] of [...this.#series].sort()) {
      for (const [symbol, series] of [...symbols].sort()) {
        if (series.bars === 0) continue;
        bars[interval] = (bars[interval] ?? 0) + series.bars;
        buys += series.buys;
        sells += series.sells;
        digests.push(`${symbol} ${interval} ${series.digest}`);
      }
    }
    let all = 0;
    for (const letter of digests.join()) all = Math.imul(all ^ letter.charCodeAt(0), 0x01000193);
    return { bars, buys, sells, digest: this.#digesting ? String(all >>> 0) : '' };
  }
}
