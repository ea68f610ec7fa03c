/** What `process` gets besides the item. */
export interface ServiceContext {
  /** Aborts when nobody wants the result any more: the subscriber left, the stream failed, or `timeout` is over. */
  readonly signal: AbortSignal;
}

/** The context of one service. The controller is made when the signal is requested: most work never does. */
export class LazyServiceContext implements ServiceContext {
  /** Anyone who worked on the item may still hold it, so the next item needs another one. */
  isShared = false;
  private controller: AbortController | undefined;

  get signal(): AbortSignal {
    this.isShared = true;
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  abort(reason?: unknown): void {
    this.controller?.abort(reason);
  }
}
