import fc from 'fast-check';
import { TestScheduler } from 'rxjs/testing';
import { drawMarbles } from 'barometer/testing';
import type { Mark } from 'barometer/testing';
import { parse } from '../../../src/testing/parse';

/** Reads a diagram in run mode. */
const read = (marbles: string): Mark[] =>
  new TestScheduler(() => undefined).run(() => parse(marbles));

describe('drawMarbles', () => {
  test.each<[string, string, Mark[]]>([
    ['nothing', '', []],
    ['a letter at once', 'a', [{ frame: 0, letter: 'a' }]],
    [
      'gaps',
      '-a--b',
      [
        { frame: 1, letter: 'a' },
        { frame: 4, letter: 'b' },
      ],
    ],
    [
      'a group',
      '-(ab)-c',
      [
        { frame: 1, letter: 'a' },
        { frame: 1, letter: 'b' },
        { frame: 6, letter: 'c' },
      ],
    ],
    [
      'a long gap',
      'a 99ms |',
      [
        { frame: 0, letter: 'a' },
        { frame: 100, letter: '|' },
      ],
    ],
    ['parts of a millisecond', ' 0.5ms a', [{ frame: 0.5, letter: 'a' }]],
    [
      'what comes within the width of a group',
      '(ab)@0 c@2',
      [
        { frame: 0, letter: 'a' },
        { frame: 0, letter: 'b' },
        { frame: 2, letter: 'c' },
      ],
    ],
  ])('draws %s: "%s"', (_what, drawn, marks) => {
    expect(drawMarbles(marks)).toBe(drawn);
  });

  test('draws whatever can be written as marbles, so that it reads the same', () => {
    const diagrams = fc
      .array(fc.constantFrom('-', 'a', 'b', '🙂', '(ab)', '(a🙂a)', ' 30ms ', ' 700ms '))
      .map((parts) => parts.join('') + '|');
    fc.assert(
      fc.property(diagrams, (diagram) => {
        const marks = read(diagram);
        expect(read(drawMarbles(marks))).toEqual(marks);
      }),
    );
  });
});
