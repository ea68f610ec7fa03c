import { from, Subscription } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import type { VirtualClock } from '../time/virtualClock';

/** A service whose outputs come one by one, and perhaps later: a `VirtualClock` stands still for it. */
export class PendingService<R> {
  /** What has come and was not handed on. */
  outputs: R[] = [];
  private readonly subscription = new Subscription();
  /** What it waits for did not end at once. */
  isLater = false;
  private completed = false;
  private clock: VirtualClock | undefined;
  private handOut: ((output: R) => void) | undefined;

  /**
   * @param completedLater Called when it completes, unless that was at once.
   * @param failed Called with its error.
   */
  constructor(
    private readonly completedLater: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Begins; true if it has completed at once. */
  run(input: ObservableInput<R>, clock: VirtualClock | undefined): boolean {
    const { subscription } = this;
    this.clock = clock;
    subscription.add(clock?.hold());
    subscription.add(
      from(input).subscribe({
        next: (output) => {
          this.accept(output);
        },
        error: (error: unknown) => {
          this.step(() => {
            this.failed(error);
          });
        },
        complete: () => {
          this.completed = true;
          if (!this.isLater) return;
          this.step(this.completedLater);
          this.cancel();
        },
      }),
    );
    this.isLater = true;
    return this.completed;
  }

  /** From now on outputs are handed on as they come; first those that have come already. */
  handOn(handOut: (output: R) => void): void {
    const { outputs } = this;
    this.outputs = [];
    this.handOut = handOut;
    for (const output of outputs) handOut(output);
  }

  /** Leaves it, and lets the clock go on. */
  cancel(): void {
    this.subscription.unsubscribe();
  }

  private accept(output: R): void {
    const { handOut } = this;
    if (handOut === undefined) this.outputs.push(output);
    else {
      this.step(() => {
        handOut(output);
      });
    }
  }

  /** What comes later is a step of the clock's own. */
  private step(work: () => void): void {
    if (this.clock === undefined || !this.isLater) work();
    else this.clock.asStep(work);
  }
}
