import { causeText } from '../causeText';
import type { Bar, Signal } from '../bars/bar';

/** Of a signal; `strategy` is filled in. */
const FIELDS: Readonly<Record<keyof Signal, true>> = {
  side: true,
  strength: true,
  note: true,
  symbol: true,
  interval: true,
  time: true,
  strategy: true,
};

/** What stands for the symbol and the interval of a call that no single bar causes. */
export const NO_SYMBOL = '*';
export const INSTANT = 'instant';

const NOTHING: readonly never[] = [];

/** The signals in what a strategy answered to a bar; throws a `TypeError` where that is no advice. */
export function signalsOf(strategy: string, bar: Bar, answer: unknown): readonly Signal[] {
  if (answer === undefined || answer === null) return NOTHING;
  if (!Array.isArray(answer)) return [signalOf(strategy, bar, answer)];
  return answer.map((advice) => signalOf(strategy, bar, advice));
}

function signalOf(strategy: string, bar: Bar, advice: unknown): Signal {
  if (typeof advice !== 'object' || advice === null) throw noSignal(advice);
  // Read once, and nothing else of it: a signal crosses threads, and a getter may change its mind.
  const {
    side,
    strength,
    note,
    symbol = bar.symbol,
    interval = bar.interval,
    time = bar.end,
  } = advice as Partial<Signal>;
  const makesSense =
    (side === 'buy' || side === 'sell' || side === 'flat') &&
    (strength === undefined || Number.isFinite(strength)) &&
    (note === undefined || typeof note === 'string') &&
    typeof symbol === 'string' &&
    typeof interval === 'string' &&
    Number.isFinite(time);
  if (!makesSense) throw noSignal(advice);
  if (symbol === NO_SYMBOL) {
    throw new TypeError('returned a signal without a symbol, to a call that is of no single bar');
  }
  for (const field in advice) {
    if (Object.hasOwn(FIELDS, field)) continue;
    throw new TypeError(
      `returned a signal with a field ${JSON.stringify(field.slice(0, 60))}; its fields are ${Object.keys(FIELDS).join(', ')}`,
    );
  }
  return {
    symbol,
    interval,
    time,
    side,
    ...(strength === undefined ? {} : { strength }),
    ...(note === undefined ? {} : { note }),
    strategy,
  };
}

const noSignal = (advice: unknown): TypeError =>
  new TypeError(
    `returned ${(typeof advice === 'string' ? JSON.stringify(advice) : causeText(advice)).slice(0, 100)}, which is no signal: side must be buy, sell or flat, strength a number, note a text`,
  );
