import type { Bar, Micros } from '../../bars/bar';

/** Why a bar cannot be used, and what to do. */
interface BarFault {
  readonly found: string;
  readonly advice: string;
}

/** Where a bar does not end after the interval that all have. */
export function lengthFault({ symbol, start, end }: Bar, interval: Micros): BarFault | undefined {
  if (end - start === interval) return undefined;
  return {
    found: `has a bar of ${symbol} from ${start} to ${end} µs, which is not ${interval} µs long`,
    advice: 'Correct the interval, or allow such bars with irregular: true.',
  };
}

/** This many windows are remembered; no more than this lies between what is read and what is built. */
const REMEMBERED = 65_536;

/** Ends of windows of different lengths, by their starts. */
export class IrregularEnds {
  readonly #ends = new Map<Micros, Micros>();
  #start: Micros = -Infinity;
  #end: Micros = -Infinity;

  /** Remembers the window of the next bar; what is wrong with it, where it is not in order. */
  add({ symbol, start, end }: Bar): BarFault | undefined {
    const bar = `has a bar of ${symbol} from ${start} to ${end} µs`;
    if (!(end > start)) {
      return { found: `${bar}, which has no length`, advice: 'Give its end.' };
    }
    if (start === this.#start && end !== this.#end) {
      const found = `${bar}, and another one from there to ${this.#end} µs`;
      return { found, advice: 'Give bars of one start one end.' };
    }
    if (end < this.#end) {
      const found = `${bar}, behind one that ends at ${this.#end} µs`;
      return { found, advice: 'Put them in order of their ends.' };
    }
    if (start === this.#start) return undefined;
    this.#start = start;
    this.#end = end;
    this.#ends.set(start, end);
    if (this.#ends.size <= REMEMBERED) return undefined;
    const [oldest] = this.#ends.keys();
    this.#ends.delete(oldest as Micros);
    return undefined;
  }

  of(start: Micros): Micros {
    const end = this.#ends.get(start);
    if (end === undefined) throw new RangeError(`no bar begins at ${start}`);
    return end;
  }
}
