import { BarometerError } from '../../operators/errors';

/** A strategy that was requested and cannot be had. */
export class UnusableStrategyError extends BarometerError {
  override readonly name = 'UnusableStrategyError';
  override readonly code = 'STRATEGY_UNUSABLE';

  /**
   * @param place the strategy as it was written, or `file:line`
   * @param found what is the matter, as the rest of a sentence after the place
   * @param advice what to do, one sentence; may be empty
   */
  constructor(
    readonly place: string,
    readonly found: string,
    readonly advice: string,
    options?: ErrorOptions,
  ) {
    const head = `strategy ${place}: ${found}`;
    super(advice === '' ? head : `${head}. ${advice}`, options);
  }
}
