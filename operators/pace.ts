import { asyncScheduler } from 'rxjs';
import type { MonoTypeOperatorFunction, Observable, SchedulerLike, Subscriber } from 'rxjs';
import { alarm } from './alarm';
import type { Alarm } from './alarm';
import { OptionError } from './errors';
import { listen } from './flag';
import { createInbox } from './inbox';
import type { Inbox, InboxOptions } from './inbox';
import { operate, Operation } from './operate';
import type { Readiness, ReadinessLike } from './readiness';
import { Switch } from './switch';
import { isReal, TURN } from './turn';

export interface PaceOptions<T> {
  /** When an item is to be released, in milliseconds of its own time line. Never falls. */
  readonly timeOf: (item: T) => number;
  /** Milliseconds of the items' time a millisecond, any positive number; 1 unless given. */
  readonly speed?: number | Observable<number>;
  readonly scheduler?: SchedulerLike;
  /** Names the buffer in its overflow error. */
  readonly edge?: string;
  /** The items' time at which the clock starts, asked for with the first item; its own unless given. */
  readonly origin?: (first: T) => number;
  /** While false, items pass at once. True unless given; an Observable that has not emitted means false. */
  readonly active?: boolean | Observable<boolean>;
  /** While true, nothing passes and the clock of the items stands still. False unless given. */
  readonly paused?: boolean | Observable<boolean>;
  /** The next gate's `holding`: while it holds something, nothing more is released. */
  readonly downstream?: ReadinessLike & Observable<unknown>;
  /** Kept for the source: busy from when enough items wait here (while not active, one) until none does. */
  readonly room?: Readiness;
  /** How many items may wait here: a whole number of at least 1, or Infinity; 1,048,576 unless given. */
  readonly capacity?: number;
  /** Called with each item before it is released: when it was due, and when that is. */
  readonly released?: (item: T, due: number, at: number) => void;
}

/** At `at` milliseconds the items' time is `time`, and passes at `speed`. */
interface ItemClock {
  readonly time: number;
  readonly at: number;
  readonly speed: number;
}

/** How many items may wait here before `room` says so. */
const ENOUGH = 1_024;

/**
 * Releases items when they are due: `start + (time - origin) / speed`.
 *
 * ```
 * items      (abc|)                  of times 0, 4 and 6
 *            pace({ timeOf, speed: 2 })
 * result     a-b(c|)
 * ```
 *
 * - A change of speed and the end of a pause continue from the items' present time: no jump, no burst.
 * - While not active, an item is due when it comes. When that ends, the clock is set to the earliest item
 *   not yet handed over: the last one released, if the next gate still holds it, else the next.
 * - Completion waits for the last item. An error passes at once, and so does an `OverflowError` when too many
 *   wait: a source that knows no end is better pulled, with `room`. What waits here then, or on
 *   unsubscription, has not been offered to anybody and is not counted.
 * - Whatever a callback throws is an error of the stream, and so is an error of an Observable option. One that
 *   completes keeps its last value.
 *
 * @example
 * of({ t: 0 }, { t: 20 })
 *   .pipe(pace({ timeOf: ({ t }) => t, speed: 2 }))
 *   .subscribe(({ t }) => console.log(t));
 * // 0
 * // 20   10 ms later
 */
export function pace<T>(options: PaceOptions<T>): MonoTypeOperatorFunction<T> {
  if (typeof options.speed === 'number') checkSpeed(options.speed);
  createInbox(bufferOf(options), () => undefined);
  return (source) => operate<T, T>(source, (subscriber) => new Pacer(options, subscriber));
}

const bufferOf = <T>({ capacity, edge = 'pace' }: PaceOptions<T>): InboxOptions<T> => ({
  edge,
  ...(capacity === undefined ? {} : { capacity }),
});

class Pacer<T> extends Operation<T, T> {
  private readonly scheduler: SchedulerLike;
  /** On a real clock, releasing leaves the event loop a turn now and then. */
  private readonly turns: boolean;
  private readonly enough: number;
  private readonly waiting: Inbox<T>;
  private readonly timer: Alarm;
  private readonly active: Switch;
  private readonly paused: Switch;
  /** The clock that the next item goes by comes first; those behind it begin later. */
  private clocks: ItemClock[] = [];
  private speed = 1;
  private lastTime: number | undefined;
  /** The items' time at which a pause began, or to which the clock was set meanwhile. */
  private stoodAt: number | undefined;
  private releasing = false;
  private ended = false;

  constructor(
    private readonly options: PaceOptions<T>,
    subscriber: Subscriber<T>,
  ) {
    super(subscriber);
    const {
      scheduler = asyncScheduler,
      capacity = ENOUGH,
      active = true,
      paused = false,
    } = options;
    this.scheduler = scheduler;
    this.turns = isReal(scheduler);
    this.enough = Math.min(ENOUGH, capacity);
    this.waiting = createInbox(bufferOf(options), () => undefined);
    const fail = (error: unknown): void => {
      this.fail(error);
    };
    const advance = (): void => {
      this.advance();
    };
    options.room?.free(-Infinity);
    this.timer = alarm(scheduler, advance);
    const switched = (): void => {
      this.switched();
    };
    const stopOrGo = (): void => {
      this.stopOrGo();
    };
    this.active = new Switch(active, switched, fail);
    this.paused = new Switch(paused, stopOrGo, fail);
    subscriber.add(this.active.subscription);
    subscriber.add(this.paused.subscription);
    const { speed = 1, downstream } = options;
    if (typeof speed === 'number') this.speed = speed;
    else {
      const changeTo = (next: number): void => {
        this.attempt(() => {
          this.changeSpeed(next);
        });
      };
      subscriber.add(speed.subscribe({ next: changeTo, error: fail }));
    }
    if (downstream !== undefined) subscriber.add(listen(downstream, advance, fail));
  }

  override next(item: T): void {
    if (!this.listens) return;
    try {
      if (this.passesAtOnce()) {
        this.releasing = true;
        try {
          const now = this.scheduler.now();
          this.release(item, now, now);
        } finally {
          this.releasing = false;
        }
        if (this.waiting.length > 0 || this.ended) this.advance();
        return;
      }
      this.waiting.push(item);
      if (this.waiting.length >= (this.active.on ? this.enough : 1)) this.options.room?.occupy();
      if (!this.releasing && !this.timer.isSet) this.advance();
    } catch (error) {
      this.fail(error);
    }
  }

  protected override onComplete(): void {
    this.ended = true;
    if (this.waiting.length === 0 && !this.releasing) this.subscriber.complete();
  }

  protected override discard(): void {
    this.timer.cancel();
    this.waiting.clear();
  }

  private passesAtOnce(): boolean {
    return (
      !this.active.on &&
      !this.releasing &&
      !this.paused.on &&
      this.waiting.length === 0 &&
      this.options.downstream?.value !== true
    );
  }

  private advance(): void {
    if (this.releasing) return;
    this.releasing = true;
    this.timer.cancel();
    try {
      this.releaseAll();
    } catch (error) {
      this.fail(error);
    } finally {
      this.releasing = false;
    }
  }

  private releaseAll(): void {
    const { scheduler, subscriber, waiting } = this;
    const { downstream, room } = this.options;
    let now = scheduler.now();
    const turn = this.turns ? performance.now() : 0;
    for (;;) {
      if (subscriber.closed) return;
      if (this.turns && waiting.length > 0 && performance.now() - turn >= TURN) {
        this.timer.set(scheduler.now());
        return;
      }
      if (this.ended && waiting.length === 0) {
        subscriber.complete();
        return;
      }
      if (this.paused.on || downstream?.value === true) return;
      if (waiting.length === 0) {
        room?.free(now);
        if (waiting.length === 0 && !this.ended) return;
        continue;
      }
      const item = waiting.peek() as T;
      if (!this.active.on) {
        now = scheduler.now();
        waiting.shift();
        this.release(item, now, now);
        continue;
      }
      const due = this.dueOf(item);
      if (due > now) now = scheduler.now();
      if (due > now) {
        this.timer.set(due);
        return;
      }
      waiting.shift();
      this.release(item, due, now);
    }
  }

  private release(item: T, due: number, at: number): void {
    const { timeOf, released } = this.options;
    this.lastTime = timeOf(item);
    released?.(item, due, at);
    this.subscriber.next(item);
  }

  private dueOf(item: T): number {
    const { timeOf, origin } = this.options;
    const { clocks } = this;
    const time = timeOf(item);
    if (clocks.length === 0) {
      this.setClock(this.lastTime === undefined && origin !== undefined ? origin(item) : time);
    }
    while (clocks.length > 1 && (clocks[1] as ItemClock).time <= time) clocks.shift();
    const clock = clocks[0] as ItemClock;
    return time > clock.time ? clock.at + (time - clock.time) / clock.speed : clock.at;
  }

  private setClock(time: number): void {
    this.clocks.length = 0;
    this.goOnFrom(time);
  }

  /** From now on at another pace; what is overdue keeps the time at which it was due. */
  private goOnFrom(time: number | undefined): void {
    if (time === undefined) return;
    this.clocks.push({ time, at: this.scheduler.now(), speed: this.speed });
  }

  private itemsNow(): number | undefined {
    const latest = this.clocks[this.clocks.length - 1];
    return latest && latest.time + (this.scheduler.now() - latest.at) * latest.speed;
  }

  private switched(): void {
    this.clocks.length = 0;
    const holds = this.active.on && this.options.downstream?.value === true;
    this.stoodAt = holds ? this.lastTime : undefined;
    if (this.stoodAt !== undefined) this.setClock(this.stoodAt);
    this.advance();
  }

  private stopOrGo(): void {
    if (this.paused.on) this.stoodAt = this.itemsNow();
    else this.goOnFrom(this.stoodAt);
    this.advance();
  }

  private changeSpeed(speed: number): void {
    checkSpeed(speed);
    const reached = this.paused.on ? undefined : this.itemsNow();
    this.speed = speed;
    this.goOnFrom(reached);
    this.advance();
  }
}

function checkSpeed(speed: number): void {
  if (speed > 0 && speed < Infinity) return;
  throw new OptionError('speed', speed, 'a positive number');
}
