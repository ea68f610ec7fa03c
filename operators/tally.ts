import { asyncScheduler } from 'rxjs';
import type { Observable, Observer, SchedulerLike, Subscription } from 'rxjs';
import type { EdgeEvent, EdgeEventType } from './events';
import { OptionError } from './errors';

/** When counted occurrences leave as events; whichever comes first. */
export interface Batch {
  /** After so many occurrences, a whole number of at least 1. */
  readonly count?: number;
  /** So many milliseconds after the first of them. */
  readonly time?: number;
  /** Whenever this emits. */
  readonly when?: Observable<unknown>;
}

export interface TallyOptions {
  readonly edge: string;
  readonly events?: Partial<Observer<EdgeEvent>> | undefined;
  /** Without it, one event per occurrence. */
  readonly batch?: Batch | undefined;
  /** Times the batches; the async scheduler unless given. */
  readonly scheduler?: SchedulerLike | undefined;
}

/** Occurrences of one key since they last left. */
class Counts {
  delivered = 0;
  backpressure = 0;
  burst = 0;
  overrun = 0;
  dropped = 0;
  discarded = 0;
  total = 0;
  at = 0;

  constructor(readonly key: string | undefined) {}
}

/** Throws an `OptionError` where a batch makes no sense. */
export function checkBatch({ count = Infinity, time = 0 }: Batch = {}): void {
  if (!(count >= 1) || (count !== Infinity && !Number.isInteger(count))) {
    throw new OptionError('batch.count', count, 'a whole number of at least 1, or Infinity');
  }
  if (!(time >= 0)) throw new OptionError('batch.time', time, 'at least 0');
}

const TYPES = ['delivered', 'backpressure', 'overrun', 'dropped', 'discarded'] as const;

/**
 * Counts occurrences on an edge as plain numbers, and lets them leave as events, singly or in batches.
 * What the events' observer throws is thrown on, and the observer gets nothing more.
 */
export class Tally {
  readonly #edge: string;
  #events: Partial<Observer<EdgeEvent>> | undefined;
  readonly #scheduler: SchedulerLike;
  readonly #time: number | undefined;
  readonly #limit: number;
  readonly #counts = new Map<string | undefined, Counts>();
  #changed: Counts[] = [];
  #pending = 0;
  #recent = new Counts(undefined);
  #timer: Subscription | undefined;
  readonly #flushes: Observable<unknown> | undefined;
  #when: Subscription | undefined;
  #failed: (error: unknown) => void = () => undefined;

  constructor({ edge, events, batch, scheduler = asyncScheduler }: TallyOptions) {
    checkBatch(batch);
    const { count = batch === undefined ? 1 : Infinity, time, when } = batch ?? {};
    this.#edge = edge;
    this.#events = events;
    this.#scheduler = scheduler;
    this.#limit = count;
    this.#time = time;
    this.#counts.set(undefined, this.#recent);
    this.#flushes = when;
  }

  /** Begins to listen to `batch.when`; `failed` is told of its error, and of what the events' observer throws while no `add` is under way. */
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
    let counts = this.#recent;
    if (counts.key !== key) this.#recent = counts = this.#countsOf(key);
    counts[type] += 1;
    if (burst) counts.burst += 1;
    if (counts.total === 0) this.#changed.push(counts);
    counts.total += 1;
    counts.at = at;
    this.#pending += 1;
    if (this.#pending >= this.#limit) this.flush();
    else if (this.#time !== undefined && this.#timer === undefined) {
      this.#timer = this.#scheduler.schedule(() => {
        this.#flushNow();
      }, this.#time);
    }
  }

  /** An item has passed, and found the consumer `ready` or not: a tracker's every item, in one go where no batch can end between the two occurrences. */
  deliver(key: string | undefined, at: number, ready: boolean, burst: boolean): void {
    if (this.#pending + 2 >= this.#limit || this.#time !== undefined) {
      if (!ready) this.add('backpressure', key, at, burst);
      this.add('delivered', key, at);
      return;
    }
    if (this.#events === undefined) return;
    let counts = this.#recent;
    if (counts.key !== key) this.#recent = counts = this.#countsOf(key);
    if (counts.total === 0) this.#changed.push(counts);
    counts.delivered += 1;
    counts.total += 1;
    counts.at = at;
    this.#pending += 1;
    if (ready) return;
    this.#pending += 1;
    counts.backpressure += 1;
    if (burst) counts.burst += 1;
  }

  /** Lets everything leave that is still here, in order of the keys' first occurrence. */
  flush(): void {
    this.#timer?.unsubscribe();
    this.#timer = undefined;
    if (this.#pending === 0) return;
    const changed = this.#changed;
    this.#changed = [];
    this.#pending = 0;
    for (const counts of changed) this.#emit(counts);
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
    counts.total = 0;
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

  #countsOf(key: string | undefined): Counts {
    let counts = this.#counts.get(key);
    if (counts === undefined) this.#counts.set(key, (counts = new Counts(key)));
    return counts;
  }
}
