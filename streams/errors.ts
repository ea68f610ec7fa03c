import { BarometerError } from '../operators/errors';
import { causeText } from './causeText';
import type { Bar } from './bars/bar';

/** A strategy threw, rejected or returned nonsense, and the run is strict. */
export class StrategyError extends BarometerError {
  override readonly name = 'StrategyError';
  override readonly code = 'STRATEGY_FAILED';

  constructor(
    readonly strategy: string,
    readonly bar: Bar,
    cause: unknown,
  ) {
    super(
      `strategy ${strategy}, on ${bar.symbol} ${bar.interval} of ${new Date(bar.start / 1000).toISOString()}: ` +
        causeText(cause),
      { cause },
    );
  }
}
