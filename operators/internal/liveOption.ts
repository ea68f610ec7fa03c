import { Subscription } from 'rxjs';
import type { Observable } from 'rxjs';

/** An option that is a value or an Observable of it: off until the Observable has emitted. */
export class LiveOption {
  on = false;
  readonly subscription: Subscription;

  /** @param changed Called after each change that is not part of the subscription. */
  constructor(
    option: boolean | Observable<boolean>,
    changed: () => void,
    failed: (error: unknown) => void,
  ) {
    if (typeof option === 'boolean') {
      this.on = option;
      this.subscription = Subscription.EMPTY;
      return;
    }
    let subscribed = false;
    this.subscription = option.subscribe({
      next: (on) => {
        if (on === this.on) return;
        this.on = on;
        if (subscribed) changed();
      },
      error: failed,
    });
    subscribed = true;
  }
}
