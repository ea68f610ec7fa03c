import { compareMarbles, show } from './compareMarbles';
import type { Vocabulary } from './compareMarbles';
import type { Mark } from './drawMarbles';
import type { Moment } from './recording';
import { sameValue } from './sameValue';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Compares what came with what came of another Observable; each value of the latter has a letter. */
export function compareMoments(
  moments: readonly Moment<unknown>[],
  expected: readonly Moment<unknown>[],
): string | undefined {
  const values: unknown[] = [];
  const letterOf = (value: unknown): string => {
    let index = values.findIndex((other) => sameValue(value, other));
    if (index < 0) index = values.push(value) - 1;
    return LETTERS[index] ?? String.fromCodePoint(0x1f600 + index - LETTERS.length);
  };
  const marks = expected.map(({ frame, kind, value }): Mark => {
    return { frame, letter: kind === 'next' ? letterOf(value) : kind === 'complete' ? '|' : '#' };
  });
  const letters = new Map(values.map((value) => [letterOf(value), value]));
  const vocabulary: Vocabulary<unknown> = {
    meaningOf: (letter) =>
      letters.has(letter)
        ? {
            shows: (value) => sameValue(value, letters.get(letter)),
            text: show(letters.get(letter)),
          }
        : undefined,
    lettersFor: () => [...letters.keys()],
  };
  const error = expected.find(({ kind }) => kind === 'error')?.error;
  return compareMarbles(moments, marks, vocabulary, error);
}
