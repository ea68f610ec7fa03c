/** What `process` gets besides the item. */
export interface ServiceContext {
  /** Aborts when nobody wants the result any more: the subscriber left, the stream failed, or `timeout` is over. */
  readonly signal: AbortSignal;
}

/** The context of one service. The controller is made when the signal is asked for: most work never does. */
export class LazyServiceContext implements ServiceContext {
  private controller: AbortController | undefined;

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  /** Somebody holds the signal. */
  get isUsed(): boolean {
    return this.controller !== undefined;
  }

  abort(reason?: unknown): void {
    this.controller?.abort(reason);
  }
}
