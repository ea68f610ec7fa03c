import type { Micros } from './bar';
import { windowsOf } from './calendar';
import type { Window, WindowAt } from './calendar';
import { DAY, parseInterval } from './interval';
import type { Interval } from './interval';

/** What strategies want to hear of besides bars, trades and quotes. */
export interface MomentWishes {
  /** That all bars that end at one instant have been delivered. */
  readonly instants: boolean;
  /** Intervals of market time, such as `30s`, at whose ends they are called. */
  readonly timers: readonly string[];
  /** Beginnings and ends of sessions. */
  readonly sessions: boolean;
  /** The end of the run. */
  readonly ends: boolean;
}

export const NO_MOMENTS: MomentWishes = {
  instants: false,
  timers: [],
  sessions: false,
  ends: false,
};

export const wantsMoments = ({
  instants,
  timers,
  sessions,
  ends,
}: MomentWishes = NO_MOMENTS): boolean => instants || timers.length > 0 || sessions || ends;

export const joinMoments = (all: readonly MomentWishes[]): MomentWishes => ({
  instants: all.some(({ instants }) => instants),
  timers: [...new Set(all.flatMap(({ timers }) => timers))],
  sessions: all.some(({ sessions }) => sessions),
  ends: all.some(({ ends }) => ends),
});

/** The sessions of a calendar; where it has none, its days. */
export const sessionsIn = ({ calendar }: Pick<Interval, 'calendar'>): WindowAt => {
  const length = (calendar?.sessions ?? []).length > 0 ? 0 : DAY;
  return windowsOf({ name: 'session', length, ...(calendar === undefined ? {} : { calendar }) });
};

/** Ends of a timer's intervals, which begin where bars of that length do. */
export function timerIn(name: string, { calendar }: Pick<Interval, 'calendar'>): WindowAt {
  const interval = parseInterval(name, 'timer');
  return windowsOf(calendar === undefined ? interval : { ...interval, calendar });
}

/**
 * Instants of market time at which strategies are called without a bar: a pure matter of the rows' times
 * and the calendar. A session begins with its first row, and timers run from the first row on, but not
 * between sessions.
 */
export class Moments {
  readonly wishes: MomentWishes;
  readonly #timers: readonly WindowAt[];
  /** Of each timer, its next call; Infinity while there is none. */
  readonly #next: Micros[];
  readonly #sessionAt: WindowAt | undefined;
  #session: Window | undefined;
  /** The session's beginning, until it has been called. */
  #start = Infinity;
  /** The end of the last bar, until all that end with it are there. */
  #instant = Infinity;
  #isFirst = true;
  #reached: Micros = -Infinity;

  constructor(wishes: MomentWishes, base: Interval) {
    this.wishes = wishes;
    this.#timers = wishes.timers.map((name) => timerIn(name, base));
    this.#next = wishes.timers.map(() => Infinity);
    this.#sessionAt = wishes.sessions ? sessionsIn(base) : undefined;
  }

  /** The earliest instant at which somebody is called; Infinity where that is unknown. */
  get next(): Micros {
    let next = Math.min(this.#start, this.#instant, this.#session?.end ?? Infinity);
    for (const time of this.#next) if (time < next) next = time;
    return next;
  }

  /** When the session ends in which there were rows; Infinity for none. */
  get sessionEnd(): Micros {
    return this.#session?.end ?? Infinity;
  }

  /** A bar ends: all that end then are delivered before somebody is called. */
  onBar(end: Micros): void {
    if (this.wishes.instants) this.#instant = end;
  }

  /** A row of that time comes: what begins with it, begins. */
  onRow(time: Micros): void {
    for (let k = 0; k < this.#next.length; k += 1) {
      if (this.#next[k] !== Infinity) continue;
      const window = (this.#timers[k] as WindowAt)(time);
      if (window.isOpen) this.#next[k] = window.end;
    }
    if (this.#sessionAt === undefined || this.#session !== undefined) return;
    const session = this.#sessionAt(time);
    if (!session.isOpen) return;
    this.#session = session;
    // What is before everything else is called with the first row.
    this.#start = this.#isFirst ? time : Math.max(session.start, this.#reached);
    this.#isFirst = false;
  }

  /** Whether somebody is called at that time, to which all has come, and a session begins. */
  take(time: Micros): 'opens' | 'due' | undefined {
    const opens = this.#start <= time;
    let isDue = this.#instant <= time;
    this.#reached = time;
    if (opens) this.#start = Infinity;
    if (isDue) this.#instant = Infinity;
    if (this.#session !== undefined && this.#session.end <= time) {
      isDue = true;
      this.#session = undefined;
    }
    for (let k = 0; k < this.#next.length; k += 1) {
      if ((this.#next[k] as Micros) > time) continue;
      isDue = true;
      const window = (this.#timers[k] as WindowAt)(this.#next[k] as Micros);
      this.#next[k] = window.isOpen ? window.end : Infinity;
    }
    return opens ? 'opens' : isDue ? 'due' : undefined;
  }
}
