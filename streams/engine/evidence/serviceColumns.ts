/** This many services are gone through at once. */
export const ROWS = 256;

/**
 * Services of one stage in columns, from the start of each, until they are gone through together. Numbers
 * in typed arrays stay unboxed on their way from the stage to its evidence, and a loop over a column
 * costs a fraction of a call a service.
 */
export class ServiceColumns {
  /** Services that are over. The one under way is the row after them. */
  length = 0;
  /** Market time at which it was due: epoch microseconds. */
  readonly market = new Float64Array(ROWS);
  /** Due, but not before the last switch to clock-driven; offered; start: milliseconds of the run. */
  readonly due = new Float64Array(ROWS);
  readonly offered = new Float64Array(ROWS);
  readonly start = new Float64Array(ROWS);
  readonly serviceMs = new Float64Array(ROWS);
  /** Its cell in a histogram, once the rows are gone through. */
  readonly cell = new Uint16Array(ROWS);
  /** Of the service, the part in which nothing was computed. */
  readonly awaitedMs = new Float64Array(ROWS);
  /** For how long its outputs waited for the next gate, and until when; 0 and -Infinity where they did not. */
  readonly blockedMs = new Float64Array(ROWS);
  readonly unblockedAt = new Float64Array(ROWS).fill(-Infinity);
  /** 0 for a watermark, which takes time but is no item to count. */
  readonly isBar = new Uint8Array(ROWS);
  /** Key of its costs without strategy; see `CostNames`. */
  readonly key = new Int32Array(ROWS);
  /** Parts of strategies: where those of a row end, and each part's key and time. */
  readonly chargesEnd = new Int32Array(ROWS);
  chargeKeys = new Int32Array(ROWS);
  chargeMs = new Float64Array(ROWS);
  charges = 0;
  /** 1 where the parts of strategies add up to something: then they are scaled to the service. */
  readonly isCharged = new Uint8Array(ROWS);

  /** What was judged of each: start - offered, and whether the stage was ready, the item behind, or behind in isolation. */
  readonly waitMs = new Float64Array(ROWS);
  readonly isReady = new Uint8Array(ROWS);
  readonly isBehind = new Uint8Array(ROWS);
  readonly isBehindIsolated = new Uint8Array(ROWS);

  charge(key: number, ms: number): void {
    const at = this.charges;
    if (at === this.chargeKeys.length) this.#makeRoom();
    this.chargeKeys[at] = key;
    this.chargeMs[at] = ms;
    this.charges = at + 1;
  }

  /** A service's time goes to the strategies in the proportion of what they took. */
  spreadCharges(): void {
    const { length, chargeMs, chargesEnd, isCharged, serviceMs } = this;
    let from = 0;
    for (let row = 0; row < length; row += 1) {
      const to = chargesEnd[row] as number;
      let charged = 0;
      for (let i = from; i < to; i += 1) charged += chargeMs[i] as number;
      isCharged[row] = charged > 0 ? 1 : 0;
      const scale = (serviceMs[row] as number) / charged;
      for (let i = from; charged > 0 && i < to; i += 1)
        chargeMs[i] = (chargeMs[i] as number) * scale;
      from = to;
    }
  }

  /** The rows were gone through; what is known of the service under way becomes the first row. */
  clear(): void {
    const { length: row } = this;
    if (row === 0) return;
    const from = this.chargesEnd[row - 1] as number;
    this.chargeKeys.copyWithin(0, from, this.charges);
    this.chargeMs.copyWithin(0, from, this.charges);
    this.charges -= from;
    this.unblockedAt.fill(-Infinity, 0, row);
    this.blockedMs.fill(0, 0, row);
    if (row < ROWS) {
      this.market[0] = this.market[row] as number;
      this.due[0] = this.due[row] as number;
      this.offered[0] = this.offered[row] as number;
      this.start[0] = this.start[row] as number;
      this.isBar[0] = this.isBar[row] as number;
      this.key[0] = this.key[row] as number;
    }
    this.length = 0;
  }

  #makeRoom(): void {
    const keys = new Int32Array(this.chargeKeys.length * 2);
    keys.set(this.chargeKeys);
    this.chargeKeys = keys;
    const ms = new Float64Array(this.chargeMs.length * 2);
    ms.set(this.chargeMs);
    this.chargeMs = ms;
  }
}
