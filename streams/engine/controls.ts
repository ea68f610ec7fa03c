import { BehaviorSubject, ReplaySubject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Mode } from '../events';

/** What can be changed while a run is under way, and in which order its parts learn of it. */
export class Controls {
  #mode: Mode;
  // Not a BehaviorSubject: once that has completed, a late subscriber gets no value.
  readonly #modes = new ReplaySubject<Mode>(1);
  readonly #speed: BehaviorSubject<number>;
  readonly #paused = new BehaviorSubject(false);
  readonly #clockDriven: BehaviorSubject<boolean>;
  readonly #gated: BehaviorSubject<boolean>;
  #dueFloor = -Infinity;

  constructor(mode: Mode, speed: number) {
    this.#mode = mode;
    this.#modes.next(mode);
    this.#speed = new BehaviorSubject(speed);
    this.#clockDriven = new BehaviorSubject(mode === 'clock');
    this.#gated = new BehaviorSubject(mode === 'data');
  }

  get mode$(): Observable<Mode> {
    return this.#modes.asObservable();
  }

  get speed$(): Observable<number> {
    return this.#speed.asObservable();
  }

  get paused$(): Observable<boolean> {
    return this.#paused.asObservable();
  }

  /** For the coordinator: its clock releases items. */
  get clockDriven$(): Observable<boolean> {
    return this.#clockDriven.asObservable();
  }

  /** For the gates: they hold until ready. */
  get gated$(): Observable<boolean> {
    return this.#gated.asObservable();
  }

  get mode(): Mode {
    return this.#mode;
  }

  get speed(): number {
    return this.#speed.value;
  }

  get paused(): boolean {
    return this.#paused.value;
  }

  /** What was due before the last switch to clock-driven counts as due then. */
  get dueFloor(): number {
    return this.#dueFloor;
  }

  /**
   * To clock-driven, the coordinator's clock is set while the gates still hold what is not handed
   * over; to data-driven, the gates close before the coordinator stops looking at the clock.
   */
  setMode(mode: Mode, now: number): void {
    this.#mode = mode;
    this.#modes.next(mode);
    if (mode === 'clock') {
      this.#dueFloor = now;
      this.#clockDriven.next(true);
      this.#gated.next(false);
    } else {
      this.#gated.next(true);
      this.#clockDriven.next(false);
    }
  }

  setSpeed(speed: number): void {
    this.#speed.next(speed);
  }

  setPaused(paused: boolean): void {
    this.#paused.next(paused);
  }

  close(): void {
    this.#modes.complete();
  }
}
