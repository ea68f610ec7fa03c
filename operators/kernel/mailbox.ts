/** A list and no `Ring`: messages wait seldom, and a page with a tracker alone need not load one. */
interface Waiting<M> {
  readonly message: M;
  next: Waiting<M> | undefined;
}

/**
 * Run to completion: a message that is posted while a step is under way (an observer answers an event, a
 * callback switches the mode) waits until the step is over. Messages are handled one at a time, in order.
 * A handler whose step ends later calls `enter`, and `leave` when it is over.
 */
export class Mailbox<M> {
  private first: Waiting<M> | undefined;
  private last: Waiting<M> | undefined;
  private depth = 0;

  constructor(private readonly handle: (message: M) => void) {}

  /** Handles the message at once, or after the step that is under way. */
  post(message: M): void {
    if (this.depth > 0) {
      const waiting: Waiting<M> = { message, next: undefined };
      if (this.first === undefined) this.first = waiting;
      else if (this.last !== undefined) this.last.next = waiting;
      this.last = waiting;
      return;
    }
    this.enter();
    try {
      this.handle(message);
    } finally {
      this.leave();
    }
  }

  /** Whether something waits for the end of the step that is under way. */
  get isWaiting(): boolean {
    return this.first !== undefined;
  }

  /** Runs a step: what is posted meanwhile waits. Steps may be nested. */
  run(step: () => void): void {
    this.enter();
    try {
      step();
    } finally {
      this.leave();
    }
  }

  /** `run` without a function, for hot paths: a step begins here and ends with `leave`. */
  enter(): void {
    this.depth += 1;
  }

  leave(): void {
    this.depth -= 1;
    if (this.depth > 0) return;
    let failure: { readonly error: unknown } | undefined;
    // In a loop: a hundred thousand waiting messages must not be as many frames of the stack.
    while (this.depth === 0 && this.first !== undefined) {
      const { message, next } = this.first;
      this.first = next;
      if (next === undefined) this.last = undefined;
      this.depth = 1;
      try {
        this.handle(message);
      } catch (error) {
        failure = { error };
      }
      this.depth -= 1;
    }
    if (failure !== undefined) throw failure.error;
  }
}

/** A mailbox whose messages are pieces of work. */
export type WorkMailbox = Mailbox<() => void>;

export const workMailbox = (): WorkMailbox =>
  new Mailbox<() => void>((work) => {
    work();
  });
