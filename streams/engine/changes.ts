import type { Controls } from './controls';
import type { Mode, PipelineEvent } from '../events';
import type { WorkMailbox } from '../../operators/kernel/mailbox';
import type { RunWindows } from './windows';

export interface ChangesOptions {
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
        // Before the threads are ready there are no windows, but whoever watches is to know.
        if (running === undefined) emitEarly(event(at));
        else running.emit(event(at));
      }
      work(at);
    });
  }
}
