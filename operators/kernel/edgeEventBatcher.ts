import { asyncScheduler } from 'rxjs';
import type { Observable, Observer, SchedulerLike, Subscription } from 'rxjs';
import type { EdgeEvent, EdgeEventObserver, EdgeEventType } from '../events';
import { OptionError } from '../errors';
import type { Judgement } from './station';

/** When counted occurrences leave as events; whichever comes first. */
export interface EventBatch {
  /** After this many occurrences, a whole number of at least 1. */
  readonly count?: number;
  /** This many milliseconds after the first of them. */
  readonly time?: number;
  /** Whenever this emits. */
  readonly when?: Observable<unknown>;
}

export interface EdgeEventBatcherOptions {
  readonly edge: string;
  readonly events?: EdgeEventObserver | undefined;
  /** Without it, one event per occurrence. */
  readonly batch?: EventBatch | undefined;
  /** Times the batches; the async scheduler unless given. */
  readonly scheduler?: SchedulerLike | undefined;
  /**
   * Takes the counts of a batch with many keys instead of an event for each. For who keeps something
   * of each key anyway: then their number has no limit.
   */
  readonly onMany?: ((counts: readonly KeyCounts[]) => void) | undefined;
}

/** What occurred to one key since its counts last left. Changes as soon as who was given it returns. */
export interface KeyCounts {
  readonly key: string | undefined;
  readonly delivered: number;
  readonly backpressure: number;
  readonly burst: number;
  readonly overrun: number;
  readonly dropped: number;
  readonly discarded: number;
}

/** A function as an observer. Throws an `OptionError` for a Subject that has ended: what it is given would be lost. */
export function observerOf<T>(
  option: string,
  observer: Partial<Observer<T>> | ((value: T) => void) | undefined,
): Partial<Observer<T>> | undefined {
  if (typeof observer === 'function') return { next: observer };
  if (observer !== undefined && 'isStopped' in observer && observer.isStopped === true) {
    throw new OptionError(option, 'a Subject that has ended', 'an observer that still listens');
  }
  return observer;
}

/** Occurrences of one key since they last left. */
class Counts implements KeyCounts {
  delivered = 0;
  backpressure = 0;
  burst = 0;
  overrun = 0;
  dropped = 0;
  discarded = 0;
  at = 0;
  /** Since they last left, something has occurred. */
  changed = false;

  constructor(readonly key: string | undefined) {}

  reset(): void {
    this.delivered = 0;
    this.backpressure = 0;
    this.burst = 0;
    this.overrun = 0;
    this.dropped = 0;
    this.discarded = 0;
    this.changed = false;
  }
}

/** Throws an `OptionError` where a batch makes no sense. */
export function checkBatch({ count = Infinity, time = 0 }: EventBatch = {}): void {
  if (!(count >= 1) || (count !== Infinity && !Number.isInteger(count))) {
    throw new OptionError('batch.count', count, 'a whole number of at least 1, or Infinity');
  }
  if (!(time >= 0)) throw new OptionError('batch.time', time, 'at least 0');
}

/**
 * This many keys are kept at most. A batch with that many leaves at once, and then all keys are forgotten: an
 * event counts since the last one of its key, so the totals stay exact.
 */
const MAX_KEYS = 65_536;

/** So few leave one by one. */
export const FEW_KEYS = 4;

const TYPES = ['delivered', 'backpressure', 'overrun', 'dropped', 'discarded'] as const;

/**
 * Counts occurrences on an edge as plain numbers, and lets them leave as events, singly or in batches.
 * What the events' observer throws is thrown on, and the observer gets nothing more.
 */
export class EdgeEventBatcher {
  readonly #edge: string;
  #events: Partial<Observer<EdgeEvent>> | undefined;
  readonly #scheduler: SchedulerLike;
  readonly #time: number | undefined;
  readonly #limit: number;
  readonly #counts = new Map<string, Counts>();
  /** The same, by the numbers of their keys. */
  readonly #numbered: (Counts | undefined)[] = [];
  #changed: Counts[] = [];
  /** This many more occurrences, and the batch is full. */
  #room: number;
  /** Of what has no key. */
  readonly #keyless = new Counts(undefined);
  #timer: Subscription | undefined;
  readonly #flushes: Observable<unknown> | undefined;
  #when: Subscription | undefined;
  #failed: (error: unknown) => void = () => undefined;
  readonly #onMany: EdgeEventBatcherOptions['onMany'];
  readonly #maxKeys: number;

  constructor(options: EdgeEventBatcherOptions) {
    const { edge, events, batch, scheduler = asyncScheduler, onMany } = options;
    checkBatch(batch);
    this.#onMany = onMany;
    this.#maxKeys = onMany === undefined ? MAX_KEYS : Infinity;
    const { count = batch === undefined ? 1 : Infinity, time, when } = batch ?? {};
    this.#edge = edge;
    this.#events = observerOf('events', events);
    this.#scheduler = scheduler;
    this.#limit = count;
    this.#time = time;
    this.#room = count;
    this.#flushes = when;
  }

  /** Begins to listen to `batch.when`; `failed` is notified of its error, and of what the events' observer throws while no `add` is under way. */
  open(failed: (error: unknown) => void): void {
    this.#failed = failed;
    this.#when = this.#flushes?.subscribe({
      next: () => {
        this.#flushNow();
      },
      error: failed,
    });
  }

  /**
   * One occurrence, at a time of the scheduler's clock; NaN where nothing tells it: then the event
   * says when it left. `burst` says which kind of backpressure.
   */
  add(type: EdgeEventType, key: string | undefined, at: number, burst = false): void {
    if (this.#events === undefined) return;
    if (this.#limit === 1) {
      this.#send(type, key, 1, burst ? 1 : 0, at);
      return;
    }
    const counts = this.#of(key, at);
    counts[type] += 1;
    if (burst) counts.burst += 1;
    this.#room -= 1;
    if (this.#room === 0) this.flush();
    else if (this.#time !== undefined && this.#timer === undefined) {
      this.#timer = this.#scheduler.schedule(() => {
        this.#flushNow();
      }, this.#time);
    }
  }

  /**
   * An item has passed, and what it found was judged: a tracker's every item, in one go where
   * no batch can end between the two occurrences. A key that has a number is looked up once.
   */
  deliver(key: string | undefined, at: number, judgement: Judgement, number?: number): void {
    const ready = judgement === 'ready';
    const burst = judgement === 'burst';
    if (this.#room <= 2 || this.#time !== undefined) {
      if (!ready) this.add('backpressure', key, at, burst);
      this.add('delivered', key, at);
      return;
    }
    const counts = this.#of(key, at, number);
    counts.delivered += 1;
    this.#room -= 1;
    if (ready) return;
    this.#room -= 1;
    counts.backpressure += 1;
    if (burst) counts.burst += 1;
  }

  /** Lets everything leave that is still here, in order of the keys' first occurrence. */
  flush(): void {
    this.#timer?.unsubscribe();
    this.#timer = undefined;
    const changed = this.#changed;
    if (changed.length === 0) return;
    this.#changed = [];
    this.#room = this.#limit;
    if (this.#counts.size >= this.#maxKeys) {
      this.#counts.clear();
      this.#numbered.length = 0;
    }
    if (this.#onMany === undefined || changed.length <= FEW_KEYS) {
      for (const counts of changed) this.#emit(counts);
      return;
    }
    this.#onMany(changed);
    for (const counts of changed) counts.reset();
  }

  #flushNow(): void {
    try {
      this.flush();
    } catch (error) {
      this.#failed(error);
    }
  }

  /** The last flush. */
  close(): void {
    this.#when?.unsubscribe();
    this.#when = undefined;
    this.flush();
  }

  #emit(counts: Counts): void {
    const { key, at } = counts;
    counts.changed = false;
    for (const type of TYPES) {
      const count = counts[type];
      if (count === 0) continue;
      counts[type] = 0;
      let burst = 0;
      if (type === 'backpressure') {
        burst = counts.burst;
        counts.burst = 0;
      }
      this.#send(type, key, count, burst, at);
    }
  }

  #send(
    type: EdgeEventType,
    key: string | undefined,
    count: number,
    burst: number,
    at: number,
  ): void {
    const event: { -readonly [K in keyof EdgeEvent]: EdgeEvent[K] } = {
      type,
      edge: this.#edge,
      count,
      at: at >= -Infinity ? at : Date.now(),
    };
    if (key !== undefined) event.key = key;
    if (type === 'backpressure') {
      event.burst = burst;
      event.behind = count - burst;
    }
    try {
      this.#events?.next?.(event);
    } catch (error) {
      this.#events = undefined;
      throw error;
    }
  }

  /** The account of a key, in which something occurs at the time `at`. */
  #of(key: string | undefined, at: number, number?: number): Counts {
    let counts = number === undefined ? undefined : this.#numbered[number];
    if (counts === undefined) {
      counts = this.#find(key);
      if (number !== undefined) this.#numbered[number] = counts;
    }
    if (!counts.changed) {
      counts.changed = true;
      this.#changed.push(counts);
    }
    counts.at = at;
    return counts;
  }

  #find(key: string | undefined): Counts {
    if (key === undefined) return this.#keyless;
    let counts = this.#counts.get(key);
    if (counts !== undefined) return counts;
    if (this.#counts.size >= this.#maxKeys) this.flush();
    this.#counts.set(key, (counts = new Counts(key)));
    return counts;
  }
}
