import type {
  MonoTypeOperatorFunction,
  Observable,
  Observer,
  SchedulerLike,
  Subscriber,
} from 'rxjs';
import { BufferedOperatorSubscriber } from './internal/bufferedOperatorSubscriber';
import type { DeadLetterObserver } from './kernel/deadLetter';
import type { EdgeEventObserver } from './events';
import { when } from './internal/booleanSubject';
import { createBoundedBuffer } from './kernel/boundedBuffer';
import type { BufferOptions } from './kernel/boundedBuffer';
import { operate } from './internal/operatorSubscriber';
import { checkReadiness } from './readiness';
import type { ReadinessLike } from './readiness';
import { LiveOption } from './internal/liveOption';
import { checkBatch } from './kernel/edgeEventBatcher';
import type { EventBatch } from './kernel/edgeEventBatcher';
import { checkOperatorOptions } from './internal/operatorOptions';

export interface HoldUntilReadyOptions<T> extends BufferOptions<T> {
  /** Names the edge in events and errors. */
  readonly edge?: string;
  /** While false, everything passes at once. True unless given; an Observable that has not emitted means false. */
  readonly active?: boolean | Observable<boolean>;
  /** While true, nothing passes, ready or not, active or not. False unless given. */
  readonly paused?: boolean | Observable<boolean>;
  /** Receives true when the gate begins to hold, and false when it holds nothing any more. */
  readonly holding?: Pick<Observer<boolean>, 'next'>;
  /**
   * Called with each item that it was for the gate to let go, before it passes: what was held, and
   * what passes while the gate is active.
   */
  readonly onRelease?: (item: T, at: number) => void;
  /** An error of the source, or of a full buffer, comes after what is held; otherwise at once, and what is held is discarded. */
  readonly delayError?: boolean;
  /** Receives `dropped` and `discarded` events. */
  readonly events?: EdgeEventObserver;
  readonly batch?: EventBatch;
  /** Receives every lost item: dropped or discarded. */
  readonly deadLetters?: DeadLetterObserver<T>;
  /** Receives how many items are held whenever that has changed: a `BehaviorSubject<number>`, say. */
  readonly depth?: { next(held: number): void };
  /** Tells the time of events and releases; the system's clock unless given. */
  readonly scheduler?: SchedulerLike;
  /** False for an item that is none to count when it is dropped or discarded. */
  readonly isCounted?: (item: T) => boolean;
}

/**
 * Holds items until the consumer is ready, and lets them pass one by one, in order.
 *
 * ```
 * items      -a-b-c----d|
 * readiness  t-f---t-f-t-
 *            holdUntilReady(readiness)
 * result     -a----(bc)d|     unless b or c occupy the consumer
 * ```
 *
 * - The readiness is asked again after each item: a consumer that b occupies gets c when it is ready.
 * - Completion waits for what is held. An error passes at once and discards it, unless `delayError`.
 *   Unsubscribing discards it. Discarded items are counted before the error passes.
 * - What the buffer does when it is full is said by `overflow`. With `error` the gate leaves the source,
 *   discards the item that found no room, and goes on as if the source had failed.
 * - A readiness that completes keeps its last value; one that fails, fails the gate. So do `active`
 *   and `paused`.
 * - What a callback throws is an error of the stream. The buffer is kept per subscription.
 *
 * @example
 * const readiness = new Readiness();
 * of('a', 'b')
 *   .pipe(holdUntilReady(readiness))
 *   .subscribe((item) => {
 *     console.log(item);
 *     readiness.next(false);
 *   });
 * // a
 * readiness.next(true);
 * // b
 *
 * @param readiness The consumer's: a `Readiness`, or any Observable with a boolean `value`.
 */
export function holdUntilReady<T>(
  readiness: ReadinessLike & Observable<unknown>,
  options: HoldUntilReadyOptions<T> = {},
): MonoTypeOperatorFunction<T> {
  checkReadiness(readiness);
  checkOperatorOptions('holdUntilReady', options);
  createBoundedBuffer(options, () => undefined);
  checkBatch(options.batch);
  return (source) =>
    operate<T, T>(source, (subscriber) => new Gate(readiness, options, subscriber));
}

class Gate<T> extends BufferedOperatorSubscriber<T, T> {
  private readonly active: LiveOption;
  private readonly paused: LiveOption;
  private readonly released: HoldUntilReadyOptions<T>['onRelease'];
  private readonly holding: HoldUntilReadyOptions<T>['holding'];
  /** True while something passes: what happens meanwhile has to wait for its turn. */
  private passing = false;
  private published = false;

  constructor(
    private readonly readiness: ReadinessLike & Observable<unknown>,
    options: HoldUntilReadyOptions<T>,
    subscriber: Subscriber<T>,
  ) {
    super({ edge: 'gate', ...options }, subscriber);
    this.released = options.onRelease;
    this.holding = options.holding;
    const { active = true, paused = false } = options;
    const fail = (error: unknown): void => {
      this.fail(error);
    };
    const drain = (): void => {
      this.drain();
    };
    const reconsider = (): void => {
      if (this.waiting.length > 0) this.attempt(drain);
    };
    this.active = new LiveOption(active, reconsider, fail);
    this.paused = new LiveOption(paused, reconsider, fail);
    this.inbox.open(fail);
    subscriber.add(this.active.subscription);
    subscriber.add(this.paused.subscription);
    subscriber.add(when(readiness, true, reconsider, fail));
  }

  override next(item: T): void {
    if (!this.isListening) return;
    try {
      if (this.passing || this.waiting.length > 0 || !this.isOpen()) {
        this.keep(item);
        this.publish();
        return;
      }
      this.passing = true;
      try {
        this.pass(item, this.active.on);
      } finally {
        this.passing = false;
      }
      if (this.waiting.length > 0) this.drain();
      else this.endIfDone();
    } catch (error) {
      this.fail(error);
    }
  }

  protected override get isIdle(): boolean {
    return this.waiting.length === 0 && !this.passing;
  }

  protected override discard(): void {
    try {
      super.discard();
    } finally {
      this.publish();
    }
  }

  private isOpen(): boolean {
    return !this.paused.on && (!this.active.on || this.readiness.value);
  }

  /** @param decided Whether it was for the gate to let it go. */
  private pass(item: T, decided: boolean): void {
    const { released } = this;
    if (decided && released !== undefined) {
      let passed = false;
      try {
        released(item, this.inbox.now());
        passed = !this.subscriber.closed;
      } finally {
        if (!passed) {
          this.inbox.discard(item, 'discarded');
          this.inbox.flush();
        }
      }
    }
    this.subscriber.next(item);
  }

  private drain(): void {
    if (this.passing) return;
    this.passing = true;
    try {
      while (this.waiting.length > 0 && !this.subscriber.closed && this.isOpen()) {
        this.pass(this.waiting.shift() as T, true);
      }
    } finally {
      this.passing = false;
    }
    this.publish();
    this.endIfDone();
  }

  private publish(): void {
    this.inbox.publishDepth();
    const holds = this.waiting.length > 0;
    if (holds === this.published) return;
    this.published = holds;
    this.holding?.next(holds);
  }
}
