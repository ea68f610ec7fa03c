import { marbles, MarbleError } from 'barometer/testing';
import type { Marbles } from 'barometer/testing';

/** The error of a marble test that is expected to fail. */
export function failing(test: (kit: Marbles) => unknown): MarbleError {
  try {
    marbles(test);
  } catch (error) {
    if (error instanceof MarbleError) return error;
    throw error;
  }
  throw new Error('the marble test passed');
}

/** A text as it stands in a template, without the indentation of its lines. */
export const text = (template: string): string =>
  template.replace(/^\n|\n *$/g, '').replace(/^ {6}/gm, '');
