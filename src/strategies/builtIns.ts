import { z } from 'zod';
import { breakout, busy, rsiReversion, smaCross } from '../../streams';
import type { StrategyFactory } from '../../streams';
import { decimalOf } from '../decimal';

/** A built-in strategy: its parameters as they are written, and how it is made of them. */
export interface BuiltIn {
  readonly name: string;
  readonly summary: string;
  /** The names of its parameters, in the order in which they are shown. */
  readonly parameters: readonly string[];
  /** Throws a `ZodError` where a value is none, an `OptionError` where values do not go together. */
  readonly create: (
    parameters: Readonly<Record<string, string>>,
    intervals: readonly string[],
  ) => StrategyFactory;
}

const number = (from: number, to: number, needed: string) =>
  z.string().transform((text, context) => {
    const value = decimalOf(text);
    if (value >= from && value <= to) return value;
    context.addIssue({ code: 'custom', message: `must be ${needed}` });
    return z.NEVER;
  });

const count = number(1, 1e6, 'a whole number of at least 1').refine(Number.isInteger, {
  error: 'must be a whole number of at least 1',
});
const index = number(0, 100, 'a number from 0 to 100');
const names = z.string().transform((text) => text.split(',').map((name) => name.trim()));
const interval = (known: readonly string[]) =>
  z.string().refine((name) => known.includes(name), {
    error: `must be an interval of this run: ${known.join(', ')}`,
  });
const intervalList = (known: readonly string[]) => names.pipe(z.array(interval(known)));

type Shape = Readonly<Record<string, z.ZodType>>;

/** What is not given is left out, as the strategies' own defaults want it. */
type Given<S extends Shape> = { readonly [K in keyof S]?: z.output<S[K]> };

function builtIn<S extends Shape>(
  name: string,
  summary: string,
  shape: (intervals: readonly string[]) => S,
  make: (options: Given<S>) => ReturnType<StrategyFactory>,
): BuiltIn {
  return {
    name,
    summary,
    parameters: Object.keys(shape([])),
    create: (parameters, intervals) => {
      const options = z.object(shape(intervals)).partial().parse(parameters) as Given<S>;
      const factory = (): ReturnType<StrategyFactory> => make(options);
      factory();
      return factory;
    },
  };
}

/** The strategies that can be requested by name. */
export const BUILT_INS: readonly BuiltIn[] = [
  builtIn(
    'sma-cross',
    'two moving averages that cross',
    (known) => ({ fast: count, slow: count, symbols: names, intervals: intervalList(known) }),
    smaCross,
  ),
  builtIn(
    'rsi-reversion',
    'a relative strength index that turns back',
    (known) => ({
      period: count,
      low: index,
      high: index,
      symbols: names,
      intervals: intervalList(known),
    }),
    rsiReversion,
  ),
  builtIn(
    'breakout',
    'a close beyond the range of the slower bars, with which another symbol agrees',
    (known) => ({ fast: interval(known), slow: interval(known), other: z.string(), bars: count }),
    breakout,
  ),
  builtIn(
    'busy',
    'burns a stated number of microseconds per bar, for demonstrations',
    (known) => ({
      us: number(0, 1e9, 'a number of microseconds, such as 50 or 5000'),
      symbols: names,
      intervals: intervalList(known),
    }),
    busy,
  ),
];
