import { asyncScheduler } from 'rxjs';
import type { MonoTypeOperatorFunction, Observable, SchedulerLike } from 'rxjs';
import { alarm } from './alarm';
import { OptionError } from './errors';
import { listen } from './flag';
import { createInbox } from './inbox';
import { operate } from './operate';
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
  const { timeOf, scheduler = asyncScheduler, origin, downstream, room, released } = options;
  if (typeof options.speed === 'number') checkSpeed(options.speed);
  const { capacity, edge = 'pace' } = options;
  const buffer = { edge, ...(capacity === undefined ? {} : { capacity }) };
  createInbox(buffer, () => undefined);
  const turns = isReal(scheduler);
  const enough = Math.min(ENOUGH, capacity ?? ENOUGH);
  return (source) =>
    operate(source, (subscriber, { fail }) => {
      const waiting = createInbox<T>(buffer, () => undefined);
      // The clock that the next item goes by comes first; those behind it begin later.
      let clocks: ItemClock[] = [];
      let speed = 1;
      let lastTime: number | undefined;
      // The items' time at which a pause began, or to which the clock was set meanwhile.
      let stoodAt: number | undefined;
      let releasing = false;
      let ended = false;

      const setClock = (time: number): void => {
        clocks = [{ time, at: scheduler.now(), speed }];
      };
      // From now on at another pace; what is overdue keeps the time at which it was due.
      const goOnFrom = (time: number | undefined): void => {
        if (time !== undefined) clocks.push({ time, at: scheduler.now(), speed });
      };
      const itemsNow = (): number | undefined => {
        const latest = clocks[clocks.length - 1];
        return latest && latest.time + (scheduler.now() - latest.at) * latest.speed;
      };
      const dueOf = (item: T): number => {
        const time = timeOf(item);
        if (clocks.length === 0) {
          setClock(lastTime === undefined && origin !== undefined ? origin(item) : time);
        }
        while (clocks.length > 1 && (clocks[1] as ItemClock).time <= time) clocks.shift();
        const clock = clocks[0] as ItemClock;
        return time > clock.time ? clock.at + (time - clock.time) / clock.speed : clock.at;
      };
      const release = (item: T, due: number, at: number): void => {
        lastTime = timeOf(item);
        released?.(item, due, at);
        subscriber.next(item);
      };
      const releaseAll = (): void => {
        let now = scheduler.now();
        const turn = turns ? performance.now() : 0;
        for (;;) {
          if (subscriber.closed) return;
          if (turns && waiting.length > 0 && performance.now() - turn >= TURN) {
            timer.set(scheduler.now());
            return;
          }
          if (ended && waiting.length === 0) {
            subscriber.complete();
            return;
          }
          if (paused.on || downstream?.value === true) return;
          if (waiting.length === 0) {
            room?.free(now);
            if (waiting.length === 0 && !ended) return;
            continue;
          }
          const item = waiting.peek() as T;
          if (!active.on) {
            now = scheduler.now();
            waiting.shift();
            release(item, now, now);
            continue;
          }
          const due = dueOf(item);
          if (due > now) now = scheduler.now();
          if (due > now) {
            timer.set(due);
            return;
          }
          waiting.shift();
          release(item, due, now);
        }
      };
      const passesAtOnce = (): boolean =>
        !active.on &&
        !releasing &&
        !paused.on &&
        waiting.length === 0 &&
        downstream?.value !== true;
      const advance = (): void => {
        if (releasing) return;
        releasing = true;
        timer.cancel();
        try {
          releaseAll();
        } catch (error) {
          fail(error);
        } finally {
          releasing = false;
        }
      };
      room?.free(-Infinity);
      const timer = alarm(scheduler, advance);
      const active = new Switch(
        options.active ?? true,
        () => {
          clocks = [];
          stoodAt = active.on && downstream?.value === true ? lastTime : undefined;
          if (stoodAt !== undefined) setClock(stoodAt);
          advance();
        },
        fail,
      );
      const paused = new Switch(
        options.paused ?? false,
        () => {
          if (paused.on) stoodAt = itemsNow();
          else goOnFrom(stoodAt);
          advance();
        },
        fail,
      );
      subscriber.add(active.subscription);
      subscriber.add(paused.subscription);
      if (typeof options.speed === 'object') {
        subscriber.add(
          options.speed.subscribe({
            next(next) {
              try {
                checkSpeed(next);
                const reached = paused.on ? undefined : itemsNow();
                speed = next;
                goOnFrom(reached);
                advance();
              } catch (error) {
                fail(error);
              }
            },
            error: fail,
          }),
        );
      } else speed = options.speed ?? 1;
      if (downstream !== undefined) subscriber.add(listen(downstream, advance, fail));

      return {
        next(item) {
          if (passesAtOnce()) {
            releasing = true;
            try {
              const now = scheduler.now();
              release(item, now, now);
            } finally {
              releasing = false;
            }
            if (waiting.length > 0 || ended) advance();
            return;
          }
          waiting.push(item);
          if (waiting.length >= (active.on ? enough : 1)) room?.occupy();
          if (!releasing && !timer.isSet) advance();
        },
        complete() {
          ended = true;
          if (waiting.length === 0 && !releasing) subscriber.complete();
        },
        discard() {
          timer.cancel();
          waiting.clear();
        },
      };
    });
}

function checkSpeed(speed: number): void {
  if (speed > 0 && speed < Infinity) return;
  throw new OptionError('speed', speed, 'a positive number');
}
