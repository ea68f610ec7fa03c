/** What is wrong in a marble test: an expectation that does not hold, or marbles that make no sense. */
export class MarbleError extends Error {
  override readonly name = 'MarbleError';

  constructor(
    readonly code: 'EXPECTATION' | 'MARBLES' | 'PROMISE' | 'RUN',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
