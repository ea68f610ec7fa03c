import { BarometerError } from '../../operators/errors';

/** What is wrong in a marble test: an expectation that does not hold, or marbles that make no sense. */
export class MarbleError extends BarometerError {
  override readonly name = 'MarbleError';

  constructor(
    override readonly code:
      'MARBLE_EXPECTATION' | 'MARBLE_INVALID' | 'MARBLE_NODE' | 'MARBLE_PROMISE' | 'MARBLE_RUN',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
