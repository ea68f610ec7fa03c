import { causeText } from './causeText';
import type { Bar } from './bars/bar';

/** A strategy threw, rejected or returned nonsense, and the run is strict. */
export class StrategyError extends Error {
  override readonly name = 'StrategyError';
  readonly code = 'STRATEGY';

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
