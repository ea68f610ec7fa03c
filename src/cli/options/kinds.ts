import { z } from 'zod';
import { decimalOf } from '../../decimal';
import { parsePairs, PairsError } from '../../strategies/pairs';
import { parseTime } from './time';

/** An option's text, read; `needed` completes "must be …". */
export const option = <T>(read: (text: string) => T | undefined, needed: string) =>
  z.string().transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `must be ${needed}` });
    return z.NEVER;
  });

export const oneOf = <const T extends string>(...words: readonly T[]) =>
  option<T>(
    (text) => words.find((word) => word === text),
    `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`,
  );

export const positiveNumber = (example: string) =>
  option((text) => {
    const value = decimalOf(text);
    return value > 0 && value < Infinity ? value : undefined;
  }, `a positive number, such as ${example}`);

/** Only the digits of a whole number; 1e3 and 0x10 are no way to say how many. */
export const wholeNumber = (least: number, most: number = Number.MAX_SAFE_INTEGER) =>
  option(
    (text) => {
      const value = /^\d+$/.test(text.trim()) ? Number(text) : NaN;
      return value >= least && value <= most ? value : undefined;
    },
    most === Number.MAX_SAFE_INTEGER
      ? `a whole number of at least ${least}`
      : `a whole number from ${least} to ${most}`,
  );

const OVERFLOWS = {
  error: 'error',
  'drop-oldest': 'dropOldest',
  'drop-latest': 'dropLatest',
  conflate: 'conflate',
} as const;

/** What is done where a buffer is full. */
export const overflow = () =>
  option(
    (text) =>
      Object.hasOwn(OVERFLOWS, text) ? OVERFLOWS[text as keyof typeof OVERFLOWS] : undefined,
    'error, drop-oldest, drop-latest or conflate',
  );

export const time = () =>
  option(
    parseTime,
    'a time, such as 2024-08-08T23:55:00Z (without a zone: UTC), 2024-08-08 or 1723161300',
  );

/** Names, separated by commas. */
export const list = () =>
  option((text) => {
    const names = text.split(',').map((name) => name.trim());
    return names.every((name) => name !== '') ? names : undefined;
  }, 'names separated by commas');

/** `key=value,…`. */
export const pairs = (example: string) =>
  z.string().transform((text, context): Readonly<Record<string, string>> => {
    try {
      return parsePairs(text);
    } catch (error) {
      if (!(error instanceof PairsError)) throw error;
      context.addIssue({ code: 'custom', message: `${error.message}; write ${example}` });
      return z.NEVER;
    }
  });
