import type { Bar, Signal } from '../bars/bar';

const NOTHING: readonly never[] = [];

/** The signals in what a strategy answered to a bar; throws a `TypeError` where that is no advice. */
export function signalsOf(strategy: string, bar: Bar, answer: unknown): readonly Signal[] {
  if (answer === undefined || answer === null) return NOTHING;
  if (!Array.isArray(answer)) return [signalOf(strategy, bar, answer)];
  return answer.map((advice) => signalOf(strategy, bar, advice));
}

function signalOf(strategy: string, bar: Bar, advice: unknown): Signal {
  const { symbol, interval, end } = bar;
  const signal = { symbol, interval, time: end, ...(advice as object), strategy } as Signal;
  const { side, strength, note } = signal;
  const makesSense =
    typeof advice === 'object' &&
    (side === 'buy' || side === 'sell' || side === 'flat') &&
    (strength === undefined || Number.isFinite(strength)) &&
    (note === undefined || typeof note === 'string') &&
    typeof signal.symbol === 'string' &&
    typeof signal.interval === 'string' &&
    Number.isFinite(signal.time);
  if (makesSense) return signal;
  throw new TypeError(
    `returned ${JSON.stringify(advice)}, which is no signal: side must be buy, sell or flat, strength a number, note a text`,
  );
}
