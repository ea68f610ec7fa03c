import type { Bar } from '../bars/bar';
import { StageFailure } from '../threads/stageFailure';

/** Where another thread sees whether a call of a strategy goes on, without stopping it. */
export class CallMonitor {
  /** Calls begun, calls ended. */
  readonly cells = new Int32Array(new SharedArrayBuffer(8));
  #strategy: string | undefined;
  #bar: Bar | undefined;

  onBegin(strategy: string, bar: Bar): void {
    this.#strategy = strategy;
    this.#bar = bar;
    this.cells[0] = ((this.cells[0] as number) + 1) | 0;
  }

  onEnd(): void {
    this.cells[1] = this.cells[0] as number;
  }

  /** What to say of the call that has not ended. */
  failure(found: string): StageFailure {
    return new StageFailure(
      {
        stage: 'analysis',
        strategy: this.#strategy,
        symbol: this.#bar?.symbol,
        interval: this.#bar?.interval,
        start: this.#bar?.start,
      },
      found,
    );
  }
}
