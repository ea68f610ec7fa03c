import { Observable } from 'rxjs';
import type { Bar, Signal } from '../../streams';
import type { MarbleBar } from './barsOf';
import { show, SIGNS } from './compareMarbles';
import type { Meaning, Vocabulary } from './compareMarbles';
import type { Mark } from './drawMarbles';
import { HAND_OVERS } from './handOvers';
import { MarbleError } from './marbleError';
import { parse } from './parse';
import { hasAllOf, sameValue } from './sameValue';

/** What letters stand for, as a test gives it. */
export type Values<T> = Readonly<Record<string, T>>;

/** Values that have to be there as they are; without any, each letter is itself. */
export function exactly<T>(values?: Values<unknown>): Vocabulary<T> {
  if (typeof values !== 'object') {
    return {
      meaningOf: (letter) => ({ shows: (value) => sameValue(value, letter) }),
      lettersFor: (value) => (typeof value === 'string' && value.length === 1 ? [value] : []),
    };
  }
  return {
    meaningOf: (letter) => {
      const expected = innerMessages(values[letter]);
      return { shows: (value) => sameValue(value, expected), text: show(expected) };
    },
    lettersFor: () => Object.keys(values),
  };
}

/** An expected inner Observable is a cold one: it is detected by its messages. */
const innerMessages = (value: unknown): unknown =>
  value instanceof Observable && 'messages' in value ? value.messages : value;

export const readinessLetters: Vocabulary<boolean> = {
  meaningOf: (letter) =>
    letter === 't' || letter === 'f' ? { shows: (ready) => ready === (letter === 't') } : undefined,
  lettersFor: () => ['t', 'f'],
};

export const handOverLetters: Vocabulary<string> = {
  meaningOf: (letter) =>
    letter in HAND_OVERS
      ? {
          shows: (handOver) => handOver === letter,
          text: HAND_OVERS[letter as keyof typeof HAND_OVERS],
        }
      : undefined,
  lettersFor: (handOver) => [handOver],
};

/** Bars that have what the values say, or that are recorded ones of the test. */
export function barLetters(
  fixtures: readonly MarbleBar[],
  values: Values<Partial<Bar>> = {},
): Vocabulary<Bar> {
  return {
    meaningOf: (letter) => {
      const value = values[letter];
      if (value !== undefined) return having(value);
      const recorded = fixtures.find((fixture) => fixture.letter === letter);
      if (recorded === undefined) return undefined;
      const { symbol, open, high, low, close, volume } = recorded;
      const { shows, text } = having<Bar>({ symbol, open, high, low, close, volume });
      return { shows: (value) => value.coverage === undefined && shows(value), text };
    },
    lettersFor: () => [...Object.keys(values), ...fixtures.map(({ letter }) => letter)],
  };
}

const SIDES: Values<Partial<Signal>> = {
  b: { side: 'buy' },
  s: { side: 'sell' },
  f: { side: 'flat' },
};

/** Signals that have what the values say. */
export function signalLetters(values: Values<Partial<Signal>> = SIDES): Vocabulary<Signal> {
  return {
    meaningOf: (letter) => {
      const value = values[letter];
      return value === undefined ? undefined : having(value);
    },
    lettersFor: () => Object.keys(values),
  };
}

const having = <T extends object>(expected: Partial<T>): Meaning<T> => ({
  shows: (value) => hasAllOf(value, expected),
  text: show(expected),
});

/** What a diagram shows; throws a `MarbleError` at a letter that stands for nothing. */
export function parseIn<T>(vocabulary: Vocabulary<T>, what: string, marbles: string): Mark[] {
  const marks = parse(marbles);
  for (const { frame, letter } of marks) {
    if (SIGNS.includes(letter) || vocabulary.meaningOf(letter) !== undefined) continue;
    throw new MarbleError(
      'MARBLE_INVALID',
      `${what} "${marbles}": "${letter}" at frame ${frame} stands for nothing. Give it a value.`,
    );
  }
  return marks;
}
