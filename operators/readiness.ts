import { FOREVER } from './time/clock';
import { BooleanSubject } from './internal/booleanSubject';
import { isAfter } from './kernel/station';

/** Whatever has a boolean `value`: true while the consumer is ready. */
export interface ReadinessLike {
  readonly value: boolean;
}

/**
 * A consumer's readiness: true at first, false from the moment an item is handed to the consumer,
 * true again when everything handed over is finished. Only the consumer turns it true.
 *
 * ```
 * items      --a-----b-c-----|
 * readiness  t-f--t--f------t     (a takes 3 frames, b and c take 3 each)
 * ```
 *
 * It is a `BehaviorSubject<boolean>` and can be switched by hand with `next`. Besides, it keeps
 * `freeAt`, so that an item offered at the very instant in which the consumer finishes finds it
 * ready, whichever of the two the scheduler happens to run first.
 *
 * A `next` from within an observer is delivered after the current one, so every observer sees the
 * values in the same order; `value` is always the latest.
 *
 * @example
 * const ready = new Readiness();
 * ready.value; // true
 * ready.occupy(20); // something was handed over that takes until 20
 * ready.value; // false
 * ready.isReadyAt(20); // true
 */
export class Readiness extends BooleanSubject implements ReadinessLike {
  private ready: boolean;
  /** What the observers were told last. */
  private told: boolean;
  /** Somebody has seen it busy without having been told, and waits to hear that it is free. */
  private missed = false;
  private freedAt: number;
  private catchUp: ((at: number) => void) | undefined;

  constructor(ready = true) {
    super(ready);
    this.ready = ready;
    this.told = ready;
    this.freedAt = ready ? -FOREVER : FOREVER;
  }

  /**
   * When the consumer became or becomes free, in milliseconds of its clock; Infinity while nobody
   * knows, -Infinity if it was never busy.
   */
  get freeAt(): number {
    return this.freedAt;
  }

  override get value(): boolean {
    if (this.hasError || this.closed) super.getValue();
    if (this.ready) return true;
    if (this.told) this.missed = true;
    return false;
  }

  /** Switched by hand: when that was is not known, so `freeAt` becomes infinite, one way or the other. */
  override next(ready: boolean): void {
    this.freedAt = ready ? -FOREVER : FOREVER;
    this.deliver(ready);
  }

  /**
   * The consumer has something to do until `until`. Quietly: observers are told only if it still has
   * when `occupy` is called again; work that is over at once is not worth two notifications an item.
   */
  occupy(until = FOREVER, quietly = false): void {
    this.freedAt = until;
    this.ready = false;
    if (this.told && !quietly) this.deliver(false);
  }

  /** The consumer has been free since `since`. */
  free(since: number): void {
    this.freedAt = since;
    this.ready = true;
    if (!this.told || this.missed) this.deliver(true);
  }

  /** True if the consumer is free at the time `at`, however far its own events have come. */
  isReadyAt(at: number): boolean {
    this.catchUp?.(at);
    return !isAfter(this.freedAt, at);
  }

  /** For the consumer: `catchUp(at)` is asked to finish what is finished by `at`. Returns how to stop that. */
  attach(catchUp: (at: number) => void): () => void {
    this.catchUp = catchUp;
    return () => {
      if (this.catchUp === catchUp) this.catchUp = undefined;
    };
  }

  protected override deliver(ready: boolean): void {
    this.ready = ready;
    this.told = ready;
    this.missed = false;
    super.deliver(ready);
  }
}

/** Asks for readiness at a time where the subject can tell, and live where it can't. */
export function isReadyAt(readiness: ReadinessLike, at: number): boolean {
  return readiness instanceof Readiness ? readiness.isReadyAt(at) : readiness.value;
}
