import { BarometerError } from '../../operators/errors';
import type { StageName } from '../events';

/** What a stage was at. */
export interface StagePlace {
  readonly stage: StageName;
  readonly strategy: string | undefined;
  readonly symbol: string | undefined;
  readonly interval: string | undefined;
  /** Market time at which the bar starts. */
  readonly start: number | undefined;
}

/** A stage's thread broke, ended or hangs. */
export class StageFailure extends BarometerError {
  override readonly name = 'StageFailure';
  override readonly code = 'STAGE_FAILED';

  /** @param found what is the matter, as the rest of a sentence after the stage's name */
  constructor(
    readonly place: StagePlace,
    found: string,
    options?: ErrorOptions,
  ) {
    super(`${place.stage} ${found}${atWhat(place)}`, options);
  }
}

function atWhat({ strategy, symbol, interval, start }: StagePlace): string {
  const who = strategy === undefined ? '' : `, in strategy ${strategy}`;
  if (start === undefined) return who;
  const when = new Date(start / 1_000).toISOString();
  const what =
    symbol === undefined ? `the watermark of ${when}` : `${symbol} ${interval ?? ''} of ${when}`;
  return `${who}, on ${what}`;
}
