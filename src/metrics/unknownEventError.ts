/** An event that this version cannot fold. */
export class UnknownEventError extends Error {
  readonly code = 'UNKNOWN_EVENT';

  constructor(found: string) {
    super(
      `The metrics store got ${found}, which it does not know. ` +
        'Feed it only the events of a pipeline of this version.',
    );
    this.name = 'UnknownEventError';
  }
}
