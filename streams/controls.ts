import { BehaviorSubject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Mode } from './events';
import { checkSpeed } from './pipelineOptions';

/** What can be changed while a run is under way, and in which order its parts learn of it. */
export class Controls {
  readonly #mode: BehaviorSubject<Mode>;
  readonly #speed: BehaviorSubject<number>;
  readonly #paused = new BehaviorSubject(false);
  readonly #clockDriven: BehaviorSubject<boolean>;
  readonly #gated: BehaviorSubject<boolean>;
  #dueFloor = -Infinity;

  constructor(mode: Mode, speed: number) {
    this.#mode = new BehaviorSubject(mode);
    this.#speed = new BehaviorSubject(speed);
    this.#clockDriven = new BehaviorSubject(mode === 'clock');
    this.#gated = new BehaviorSubject(mode === 'data');
  }

  get mode$(): Observable<Mode> {
    return this.#mode.asObservable();
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
    return this.#mode.value;
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
   * Returns whether anything changed.
   */
  setMode(mode: Mode, now: number): boolean {
    if (mode === this.#mode.value) return false;
    this.#mode.next(mode);
    if (mode === 'clock') {
      this.#dueFloor = now;
      this.#clockDriven.next(true);
      this.#gated.next(false);
    } else {
      this.#gated.next(true);
      this.#clockDriven.next(false);
    }
    return true;
  }

  setSpeed(speed: number): boolean {
    checkSpeed(speed);
    if (speed === this.#speed.value) return false;
    this.#speed.next(speed);
    return true;
  }

  setPaused(paused: boolean): boolean {
    if (paused === this.#paused.value) return false;
    this.#paused.next(paused);
    return true;
  }

  close(): void {
    this.#mode.complete();
  }
}
