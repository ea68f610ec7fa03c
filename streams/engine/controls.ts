import { BehaviorSubject, ReplaySubject } from 'rxjs';
import type { Observable } from 'rxjs';
import type { WorkMailbox } from '../../operators/kernel/mailbox';
import type { Mode, PipelineEvent } from '../events';
import type { RunWindows } from './windows';

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

interface ChangesOptions {
  readonly controls: Controls;
  readonly mailbox: WorkMailbox;
  readonly now: () => number;
  /** Whether nothing is to be changed any more. */
  readonly isOver: () => boolean;
  /** Those of the run; undefined before it flows. */
  readonly windows: () => RunWindows | undefined;
  /** Lets an event leave while there are no windows. */
  readonly emitEarly: (event: PipelineEvent) => void;
}

/** What is asked of a run while it is under way: what was counted before a change leaves before it. */
export class Changes {
  readonly #options: ChangesOptions;
  /** As the user wishes; what flows is also a matter of the holds. */
  #isPaused = false;
  #holds = 0;

  constructor(options: ChangesOptions) {
    this.#options = options;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  setMode(mode: Mode): void {
    const { controls } = this.#options;
    this.#change(
      () => mode !== controls.mode,
      (at) => ({ type: 'mode', at, mode }),
      (at) => {
        controls.setMode(mode, at);
      },
    );
  }

  setSpeed(speed: number): void {
    const { controls } = this.#options;
    this.#change(
      () => speed !== controls.speed,
      (at) => ({ type: 'speed', at, speed }),
      () => {
        controls.setSpeed(speed);
      },
    );
  }

  setPaused(paused: boolean): void {
    this.#change(
      () => paused !== this.#isPaused,
      (at) => ({ type: paused ? 'paused' : 'resumed', at }),
      () => {
        this.#isPaused = paused;
        this.#settle();
      },
    );
  }

  /** Lets nothing flow until the returned function is called; no event tells of it. */
  hold(): () => void {
    let isHeld = true;
    this.#addHolds(1);
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#addHolds(-1);
    };
  }

  #addHolds(more: number): void {
    this.#change(
      () => true,
      undefined,
      () => {
        this.#holds += more;
        this.#settle();
      },
    );
  }

  #settle(): void {
    const { controls } = this.#options;
    const paused = this.#isPaused || this.#holds > 0;
    if (paused !== controls.paused) controls.setPaused(paused);
  }

  #change(
    isChange: () => boolean,
    event: ((at: number) => PipelineEvent) | undefined,
    work: (at: number) => void,
  ): void {
    const { mailbox, now, isOver, windows, emitEarly } = this.#options;
    mailbox.post(() => {
      if (isOver() || !isChange()) return;
      const at = now();
      windows()?.flush(at);
      if (event !== undefined) {
        const running = windows();
        // Before the threads are ready there are no windows, but anyone who watches is to know.
        if (running === undefined) emitEarly(event(at));
        else running.emit(event(at));
      }
      work(at);
    });
  }
}
