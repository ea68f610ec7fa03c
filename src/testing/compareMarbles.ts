import { valueText } from '../../operators/kernel/valueText';
import { drawAlike, isDrawable } from './drawMarbles';
import type { Mark } from './drawMarbles';
import type { Moment } from './recording';
import { sameValue } from './sameValue';

/** What a letter stands for. */
export interface Meaning<T> {
  readonly shows: (value: T) => boolean;
  /** For people; absent where the letter says it all. */
  readonly text?: string | undefined;
}

/** The letters of a diagram, and what each stands for. */
export interface Vocabulary<T> {
  readonly meaningOf: (letter: string) => Meaning<T> | undefined;
  /** Letters that may stand for a value, if it is not the expected one. */
  readonly lettersFor: (value: T) => readonly string[];
}

/** What comes and has no letter. */
const UNKNOWN = '?';
/** What has its own meaning in a diagram. */
export const SIGNS: readonly string[] = ['', '|', '#', '-', '(', ')', ' ', UNKNOWN];
const FEW = 5;
const TOO_CLOSE =
  '  A group takes as many frames as it has characters, and nothing else can be drawn there: leave more time between the events.';

/** Compares what came with the expected marbles; returns both under each other where they differ. */
export function compareMarbles<T>(
  moments: readonly Moment<T>[],
  expected: readonly Mark[],
  { meaningOf, lettersFor }: Vocabulary<T>,
  expectedError: unknown = 'error',
): string | undefined {
  const remarks = new Map<string, string>();
  const letterOf = (moment: Moment<T>, index: number): string => {
    if (moment.kind === 'complete') return '|';
    if (moment.kind === 'error') return sameValue(moment.error, expectedError) ? '#' : UNKNOWN;
    const value = moment.value as T;
    const likely = expected[index]?.letter ?? '';
    return (
      [likely, ...lettersFor(value)].find(
        (letter) => !SIGNS.includes(letter) && meaningOf(letter)?.shows(value) === true,
      ) ?? UNKNOWN
    );
  };
  const actual = moments.map((moment, index): Mark => {
    const letter = letterOf(moment, index);
    if (letter === UNKNOWN && remarks.size < FEW) {
      const what = moment.kind === 'error' ? `error ${show(moment.error)}` : show(moment.value);
      remarks.set(`${UNKNOWN} at frame ${moment.frame}`, what);
    }
    return { frame: moment.frame, letter };
  });
  const first = firstDifference(expected, actual);
  if (first === undefined) return undefined;

  const missed = expected[first];
  if (missed?.letter === '#') remarks.set('#', show(expectedError));
  for (const mark of [missed, actual[first]]) {
    if (mark === undefined || SIGNS.includes(mark.letter)) continue;
    const text = meaningOf(mark.letter)?.text;
    if (text !== undefined) remarks.set(mark.letter, text);
  }
  const [wanted, came] = drawAlike(expected, actual);
  return [
    `expected  ${wanted}`,
    `actual    ${came}`,
    `${' '.repeat(10 + commonStart(wanted, came))}^ ${difference(missed, actual[first])}`,
    ...(isDrawable(actual) ? [] : [TOO_CLOSE]),
    ...[...remarks].map(([name, text]) => `  ${name} = ${text}`),
  ].join('\n');
}

/** A value on one line. */
export const show = (value: unknown): string =>
  valueText(value, { depth: 4, entries: 20, length: 500 });

function firstDifference(expected: readonly Mark[], actual: readonly Mark[]): number | undefined {
  const length = Math.max(expected.length, actual.length);
  for (let i = 0; i < length; i += 1) {
    const [a, b] = [expected[i], actual[i]];
    if (a?.frame !== b?.frame || a?.letter !== b?.letter || b?.letter === UNKNOWN) return i;
  }
  return undefined;
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function difference(expected: Mark | undefined, actual: Mark | undefined): string {
  const early = expected === undefined || (actual !== undefined && actual.frame < expected.frame);
  if (early) return `frame ${actual?.frame ?? 0}: nothing expected, ${actual?.letter ?? ''} came`;
  const came = actual?.frame === expected.frame ? actual.letter : 'nothing';
  return `frame ${expected.frame}: ${expected.letter} expected, ${came} came`;
}
