import { from, Subscription } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import type { VirtualClock } from '../time/virtualClock';

/** A service whose outputs come one by one, and perhaps later: a `VirtualClock` stands still for it. */
export class PendingService<R> {
  readonly outputs: R[] = [];
  private readonly subscription = new Subscription();
  private returned = false;
  private completed = false;

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
    subscription.add(clock?.hold());
    subscription.add(
      from(input).subscribe({
        next: (output) => this.outputs.push(output),
        error: this.failed,
        complete: () => {
          this.completed = true;
          if (!this.returned) return;
          if (clock === undefined) this.completedLater();
          else clock.asStep(this.completedLater);
          this.cancel();
        },
      }),
    );
    this.returned = true;
    return this.completed;
  }

  /** Leaves it, and lets the clock go on. */
  cancel(): void {
    this.subscription.unsubscribe();
  }
}
