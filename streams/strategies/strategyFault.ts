import { causeText } from '../causeText';

/** A part of a strategy that is not what it must be. */
interface StrategyFault {
  readonly part:
    'strategy' | 'name' | 'onBar' | 'onTrade' | 'onQuote' | 'symbols' | 'intervals' | 'isWarm';
  readonly value: unknown;
  /** Completes "must be …". */
  readonly needed: string;
}

/** What is wrong with something that should be a strategy; undefined where nothing is. */
export function strategyFault(made: unknown): StrategyFault | undefined {
  if (typeof made !== 'object' || made === null) {
    return { part: 'strategy', value: made, needed: 'an object' };
  }
  const { name, symbols, intervals, isWarm, onBar, onTrade, onQuote } = made as Readonly<
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
  if (onTrade !== undefined && typeof onTrade !== 'function') {
    return { part: 'onTrade', value: onTrade, needed: 'a function (trade, context)' };
  }
  if (onQuote !== undefined && typeof onQuote !== 'function') {
    return { part: 'onQuote', value: onQuote, needed: 'a function (quote, context)' };
  }
  return undefined;
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
