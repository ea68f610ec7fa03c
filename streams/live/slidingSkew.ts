import type { Micros } from '../bars/bar';

/** Length of a half-window: the maximum covers the last one to two of them. */
const HALF: Micros = 60e6;
/** A rise by more than this is no jitter: it needs confirmation. */
export const JUMP: Micros = 1e6;
/** The first frames have little to be compared with: the middle one of them decides what is plausible. */
const FIRST_FRAMES = 5;
/** Frames in a row that confirm a jump, of several symbols and of one. */
const CONFIRM_SEVERAL = 5;
const CONFIRM_ONE = 10;

/** A change of the skew by more than a second. */
export interface SkewJump {
  readonly from: Micros;
  readonly to: Micros;
}

/**
 * By how much a source's clock is ahead of the local one, in microseconds: the maximum of event time −
 * receive time over the last one to two minutes. The fastest frame has the smallest delay, so the
 * maximum is the difference of the clocks less the smallest delay.
 *
 * A frame that would raise it by more than a second does not: a single wrong stamp would close
 * windows too early until it is forgotten. Five frames in a row of at least two symbols that agree
 * within a second are a change of the clock (ten frames where the source has one symbol only).
 */
export class SlidingSkew {
  #frames = 0;
  /** Of the first frames, sorted. */
  readonly #first: Micros[] = [];
  #halfBegan = -Infinity;
  /** Maxima of the present half-window and of the one before. */
  #present = -Infinity;
  #before = -Infinity;
  #hasPresent = false;
  /** Values of implausible frames in a row. */
  #least = Infinity;
  #most = -Infinity;
  #streak = 0;
  readonly #streakSymbols = new Set<string>();

  /** −Infinity before the first frame. */
  get value(): Micros {
    return Math.max(this.#present, this.#before);
  }

  /** Whether a row with this difference of event time and receive time lies too far ahead. */
  isImplausible(difference: Micros): boolean {
    return this.#frames >= FIRST_FRAMES && difference > this.value + JUMP;
  }

  /**
   * A frame whose latest row has this difference cannot be believed yet.
   *
   * @param isOnlySymbol whether the source has had no other symbol so far
   * @returns the jump that it confirms; the frame is to be looked at again then
   */
  doubt(difference: Micros, symbol: string, isOnlySymbol: boolean): SkewJump | undefined {
    const least = Math.min(this.#least, difference);
    const most = Math.max(this.#most, difference);
    if (most - least > JUMP) this.#forgetStreak();
    this.#least = Math.min(this.#least, difference);
    this.#most = Math.max(this.#most, difference);
    this.#streak += 1;
    this.#streakSymbols.add(symbol);
    const isConfirmed = isOnlySymbol
      ? this.#streak >= CONFIRM_ONE
      : this.#streak >= CONFIRM_SEVERAL && this.#streakSymbols.size > 1;
    if (!isConfirmed) return undefined;
    const from = this.value;
    this.#present = this.#most;
    this.#before = -Infinity;
    this.#hasPresent = true;
    this.#forgetStreak();
    return { from, to: this.value };
  }

  /** A frame that is believed was received at `at`. Returns the jump where the maximum falls by that much. */
  update(at: Micros, difference: Micros): SkewJump | undefined {
    const from = this.value;
    this.#frames += 1;
    this.#forgetStreak();
    this.#rotate(at);
    this.#hasPresent = true;
    if (this.#frames <= FIRST_FRAMES) this.#present = this.#believableOf(difference);
    else if (difference > this.#present) this.#present = difference;
    const to = this.value;
    return this.#frames > FIRST_FRAMES && Math.abs(to - from) > JUMP ? { from, to } : undefined;
  }

  /** The largest of the first values that is no outlier: not more than a second above the middle one. */
  #believableOf(difference: Micros): Micros {
    const first = this.#first;
    first.push(difference);
    first.sort((a, b) => a - b);
    const middle = first[(first.length - 1) >> 1] as Micros;
    return first.findLast((value) => value <= middle + JUMP) ?? middle;
  }

  #rotate(at: Micros): void {
    if (this.#halfBegan === -Infinity) this.#halfBegan = at;
    if (at < this.#halfBegan + HALF) return;
    // After a silence the last known value stands in for the half-window without frames.
    const isNext = at < this.#halfBegan + 2 * HALF && this.#hasPresent;
    this.#before = isNext ? this.#present : this.value;
    this.#present = -Infinity;
    this.#hasPresent = false;
    this.#halfBegan += Math.floor((at - this.#halfBegan) / HALF) * HALF;
  }

  #forgetStreak(): void {
    if (this.#streak === 0) return;
    this.#streak = 0;
    this.#least = Infinity;
    this.#most = -Infinity;
    this.#streakSymbols.clear();
  }
}
