import { Observable, Subscription } from 'rxjs';

/** An option that is a value or an Observable of it: off until the Observable has emitted. */
export class Switch {
  on = false;
  readonly subscription: Subscription;

  /** @param changed Called after each emission that is not part of the subscription, with what was before it. */
  constructor(
    option: boolean | Observable<boolean>,
    changed: (was: boolean) => void,
    failed: (error: unknown) => void,
  ) {
    if (!(option instanceof Observable)) {
      this.on = option;
      this.subscription = Subscription.EMPTY;
      return;
    }
    let subscribed = false;
    this.subscription = option.subscribe({
      next: (on) => {
        const was = this.on;
        this.on = on;
        if (subscribed) changed(was);
      },
      error: failed,
    });
    subscribed = true;
  }
}
