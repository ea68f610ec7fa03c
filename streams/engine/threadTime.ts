import { performance } from 'node:perf_hooks';
import type { Observer } from 'rxjs';
import type { WallClock } from '../../operators';
import type { PipelineEvent, ThreadPart } from '../events';

/** Milliseconds for which this thread has waited for its event loop. */
const idleMs = (): number => performance.eventLoopUtilization().idle;

/** Real time, which stands still while this thread waits: what work takes that is done bit by bit. */
export const workStopwatch = (): number => performance.now() - idleMs();

/** What a thread's time is spent on, in milliseconds; parts of which there is nothing are absent. */
export type SpentTime = Readonly<Partial<Record<ThreadPart, number>>>;

/**
 * Where the time of the coordinator's thread goes, on the wall clock. What is done in a turn of the
 * clock and is nothing else is releasing: gates, trackers and hand-overs.
 */
export class ThreadTime {
  readonly #clock: WallClock;
  #spent: Partial<Record<ThreadPart, number>> = {};
  /** Of what was added, that which was done within turns. */
  #inTurnsMs = 0;
  /** What clock and event loop had said at the last `take`. */
  #turnMs: number;
  #idleMs: number;

  constructor(clock: WallClock) {
    this.#clock = clock;
    this.#turnMs = clock.turnMs;
    this.#idleMs = idleMs() + clock.waitedMs;
  }

  add(part: ThreadPart, ms: number): void {
    this.#spent[part] = (this.#spent[part] ?? 0) + ms;
    if (this.#clock.isInTurn) this.#inTurnsMs += ms;
    else this.#clock.worked(ms);
  }

  /** The first rows are there, of which bars were built for so long: what came before is its own part. */
  open(now: number, buildingMs: number): void {
    this.take();
    this.#spent = { opening: Math.max(0, now - buildingMs), building: buildingMs };
  }

  /** A stopwatch for what is awaited: it stands still while the thread waits, and in turns of the clock. */
  readonly awaited = (): number => workStopwatch() - this.#clock.turnMs - this.#clock.waitedMs;

  /** Since the last time. */
  take(): SpentTime {
    const { turnMs, waitedMs } = this.#clock;
    const idle = idleMs() + waitedMs;
    const spent = {
      ...this.#spent,
      releasing: Math.max(0, turnMs - this.#turnMs - this.#inTurnsMs),
      idle: Math.max(0, idle - this.#idleMs),
    };
    this.#turnMs = turnMs;
    this.#idleMs = idle;
    this.#inTurnsMs = 0;
    this.#spent = {};
    return spent;
  }
}

/** Lets events go where they are counted, which takes time on the wall clock. */
export function countingOn(
  time: ThreadTime | undefined,
  events: Pick<Observer<PipelineEvent>, 'next'>,
): (event: PipelineEvent) => void {
  if (time === undefined) {
    return (event) => {
      events.next(event);
    };
  }
  return (event) => {
    const began = performance.now();
    events.next(event);
    time.add('counting', performance.now() - began);
  };
}
