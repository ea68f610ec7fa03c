import { BarometerError } from '../../operators/errors';

/** An event that this version cannot fold. */
export class UnknownEventError extends BarometerError {
  override readonly name = 'UnknownEventError';
  override readonly code = 'METRICS_UNKNOWN_EVENT';

  constructor(found: string) {
    super(
      `The metrics store got ${found}, which it does not know. ` +
        'Feed it only the events of a pipeline of this version.',
    );
  }
}
