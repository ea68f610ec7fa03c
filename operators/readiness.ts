import type { SchedulerLike } from 'rxjs';
import { OptionError, ReadinessError } from './errors';
import { BooleanSubject } from './internal/booleanSubject';
import { isAfter } from './kernel/station';
import { FOREVER } from './time/forever';
import { clockName, isSameClock } from './time/sameClock';

/** Anything with a boolean `value`: true while the consumer is ready. */
export interface ReadinessLike {
  readonly value: boolean;
}

/** A readiness that can answer for a time: a `Readiness`, or several combined by `allReady`. */
export interface TimedReadiness extends ReadinessLike {
  /** True if the consumer is free at that time, in milliseconds of its clock. */
  isReadyAt(at: number): boolean;
  /** @internal */
  watch(user: ReadinessUser): () => void;
}

/**
 * An operator that uses a readiness, and the clock by which it does.
 *
 * @internal
 */
export interface ReadinessUser {
  /** Names it in errors. */
  readonly name: string;
  readonly scheduler: SchedulerLike;
}

/**
 * The operator that keeps a readiness.
 *
 * @internal
 */
export interface ReadinessConsumer extends ReadinessUser {
  /** Finishes everything that is finished by that time. */
  readonly catchUp?: (at: number) => void;
  /** The readiness has failed. */
  readonly fail: (error: unknown) => void;
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
 * - `serve` attaches itself and its clock at subscription and detaches at its end, however it ends: then
 *   the readiness is true. Meanwhile `next` throws a `ReadinessError`.
 * - A second consumer on one readiness, and a tracker on another clock than the consumer's, fail at
 *   subscription with a `ReadinessError` that names both. `allReady` combines several consumers.
 * - A `next` from within an observer is delivered after the current one, so every observer sees the
 *   values in the same order; `value` is always the latest.
 *
 * @example
 * const ready = new Readiness();
 * ready.value; // true
 * ready.occupy(20); // something was handed over that takes until 20
 * ready.value; // false
 * ready.isReadyAt(20); // true
 */
export class Readiness extends BooleanSubject implements TimedReadiness {
  private ready: boolean;
  /** What the observers received last. */
  private published: boolean;
  /** Somebody has seen it busy without a notification, and waits to hear that it is free. */
  private missed = false;
  private freedAt: number;
  private consumer: ReadinessConsumer | undefined;
  private catchUp: ReadinessConsumer['catchUp'];
  private users: readonly ReadinessUser[] = [];

  constructor(ready = true) {
    super(ready);
    this.ready = ready;
    this.published = ready;
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
    if (this.published) this.missed = true;
    return false;
  }

  /**
   * Switched by hand: when that was is not known, so `freeAt` becomes infinite, one way or the other.
   * Throws a `ReadinessError` while a consumer is attached.
   */
  override next(ready: boolean): void {
    if (this.consumer !== undefined) {
      throw new ReadinessError(
        `This readiness is kept by ${this.consumer.name}: it can't be switched by hand. ` +
          'Give the consumer its own.',
      );
    }
    this.freedAt = ready ? -FOREVER : FOREVER;
    this.deliver(ready);
  }

  /** As any `BehaviorSubject`'s; a consumer that is attached fails with it. */
  override error(error: unknown): void {
    const { consumer } = this;
    super.error(error);
    consumer?.fail(error);
  }

  /** The consumer has something to do until `until`. */
  occupy(until = FOREVER): void {
    this.occupyQuietly(until);
    if (this.published) this.deliver(false);
  }

  /**
   * As `occupy`, but observers are notified only if the consumer still has something to do at the next
   * `occupy`: work that is over at once is not worth two notifications an item.
   */
  occupyQuietly(until: number): void {
    this.freedAt = until;
    this.ready = false;
  }

  /** The consumer has been free since `since`. */
  free(since: number): void {
    this.freedAt = since;
    this.ready = true;
    if (!this.published || this.missed) this.deliver(true);
  }

  /** True if the consumer is free at the time `at`, however far its own events have come. */
  isReadyAt(at: number): boolean {
    this.catchUp?.(at);
    return !isAfter(this.freedAt, at);
  }

  /**
   * For the consumer, which keeps it until it calls the returned function: the readiness is true then.
   * Throws a `ReadinessError` where another one keeps it, or a tracker goes by another clock.
   *
   * @internal
   */
  attach(consumer: ReadinessConsumer): () => void {
    if (this.consumer !== undefined) {
      throw new ReadinessError(
        `${consumer.name} and ${this.consumer.name} share one readiness. ` +
          'Give each its own, and combine them with allReady.',
      );
    }
    for (const user of this.users) checkClocks(user, consumer);
    this.consumer = consumer;
    this.catchUp = consumer.catchUp;
    this.free(-FOREVER);
    return () => {
      if (this.consumer !== consumer) return;
      this.consumer = undefined;
      this.catchUp = undefined;
      if (!this.ready && !this.closed) this.free(consumer.scheduler.now());
    };
  }

  /**
   * For a tracker that goes by a clock, until it calls the returned function. Throws a `ReadinessError`
   * where the consumer goes by another one.
   *
   * @internal
   */
  watch(user: ReadinessUser): () => void {
    if (this.consumer !== undefined) checkClocks(user, this.consumer);
    this.users = [...this.users, user];
    return () => {
      this.users = this.users.filter((other) => other !== user);
    };
  }

  protected override deliver(ready: boolean): void {
    this.ready = ready;
    this.published = ready;
    this.missed = false;
    super.deliver(ready);
  }
}

function checkClocks(user: ReadinessUser, consumer: ReadinessConsumer): void {
  if (isSameClock(user.scheduler, consumer.scheduler)) return;
  const [clock, other] = [clockName(user.scheduler), clockName(consumer.scheduler)];
  throw new ReadinessError(
    `${user.name} goes by one clock (${clock}), and ${consumer.name}, its consumer, by another ` +
      `(${clock === other ? 'another ' : ''}${other}). Give both the same scheduler, or the tracker none.`,
  );
}

/** The readiness, if it can answer for a time. */
export const timedReadiness = (readiness: ReadinessLike): TimedReadiness | undefined =>
  'isReadyAt' in readiness && 'watch' in readiness ? (readiness as TimedReadiness) : undefined;

/** Throws an `OptionError` where something else was given. */
export function checkReadiness(readiness: unknown): void {
  if (typeof readiness === 'object' && readiness !== null && 'value' in readiness) return;
  throw new OptionError(
    'readiness',
    readiness,
    'a Readiness, or an Observable with a boolean value: a BehaviorSubject, but not its asObservable()',
  );
}
