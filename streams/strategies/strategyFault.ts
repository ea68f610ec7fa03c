import { parseInterval } from '../bars/interval';
import { causeText } from '../causeText';

/** A part of a strategy that is not what it must be. */
interface StrategyFault {
  readonly part:
    | 'strategy'
    | 'name'
    | 'onBar'
    | 'symbols'
    | 'intervals'
    | 'isWarm'
    | 'timer'
    | keyof typeof OPTIONAL;
  readonly value: unknown;
  /** Completes "must be …". */
  readonly needed: string;
}

/** What is wrong with something that should be a strategy; undefined where nothing is. */
export function strategyFault(made: unknown): StrategyFault | undefined {
  if (typeof made !== 'object' || made === null) {
    return { part: 'strategy', value: made, needed: 'an object' };
  }
  const { name, symbols, intervals, isWarm, onBar, timer, onTimer } = made as Readonly<
    Record<string, unknown>
  >;
  if (typeof onBar !== 'function') {
    return { part: 'onBar', value: onBar, needed: 'a function (bar, context)' };
  }
  if (typeof name !== 'string' || name === '') {
    return { part: 'name', value: name, needed: 'a text' };
  }
  if (!isList(symbols)) return { part: 'symbols', value: symbols, needed: LIST };
  if (!isList(intervals)) return { part: 'intervals', value: intervals, needed: LIST };
  if (isWarm !== undefined && typeof isWarm !== 'function') {
    return { part: 'isWarm', value: isWarm, needed: 'a function (symbol, interval)' };
  }
  for (const [part, parameters] of Object.entries(OPTIONAL)) {
    const value = (made as Readonly<Record<string, unknown>>)[part];
    if (value === undefined || typeof value === 'function') continue;
    return { part: part as keyof typeof OPTIONAL, value, needed: `a function ${parameters}` };
  }
  if ((timer === undefined) !== (onTimer === undefined)) {
    const needed = 'given together: an interval such as 30s, and a function (time, context)';
    return { part: 'timer', value: timer, needed };
  }
  if (timer !== undefined && !isLength(timer)) {
    return { part: 'timer', value: timer, needed: 'a length of time, such as 30s or 1h' };
  }
  return undefined;
}

/** Functions that a strategy may have. */
const OPTIONAL = {
  onBars: '(bars, context)',
  onTrade: '(trade, context)',
  onQuote: '(quote, context)',
  onTimer: '(time, context)',
  onSessionStart: '(session, context)',
  onSessionEnd: '(session, context)',
  onStart: '(context)',
  onEnd: '(context)',
} as const;

function isLength(value: unknown): boolean {
  try {
    return typeof value === 'string' && parseInterval(value).length > 0;
  } catch {
    return false;
  }
}

const LIST = 'a list of texts';

const isList = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) && value.every((entry) => typeof entry === 'string' && entry !== ''));

/** As the rest of a sentence after the strategy. */
export function faultText({ part, value, needed }: StrategyFault): string {
  const shown = typeof value === 'string' ? JSON.stringify(value) : causeText(value);
  return `its ${part} is ${shown.slice(0, 60)}, but must be ${needed}`;
}
