import fc from 'fast-check';
import { wrap } from '../../../src/report/wrap';

describe('wrap', () => {
  it.each<[string, string, number, string, string[]]>([
    ['what fits', 'one two', 7, '', ['one two']],
    ['what does not', 'one two', 6, '', ['one', 'two']],
    ['with a lead', 'one two three', 9, '- ', ['- one two', '  three']],
    [
      'a word that is too long has a line of its own',
      'a abcdefgh b',
      4,
      '',
      ['a', 'abcdefgh', 'b'],
    ],
    ['any white space is one space', 'one \n  two', 9, '', ['one two']],
    ['nothing', '', 9, '- ', ['- ']],
  ])('%s', (_title, text, width, lead, lines) => {
    expect(wrap(text, width, lead)).toEqual(lines);
  });

  it('keeps all words in order, and fills each line as far as it can', () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1 }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 20 }), (all, width) => {
        const lines = wrap(all.join(' '), width, '- ').map((line) => line.slice(2).split(' '));
        expect(lines.flat()).toEqual(all);
        for (const [index, line] of lines.entries()) {
          if (line.length > 1) expect(2 + line.join(' ').length).toBeLessThanOrEqual(width);
          const [next] = lines[index + 1] ?? [];
          if (next === undefined) continue;
          expect(2 + [...line, next].join(' ').length).toBeGreaterThan(width);
        }
      }),
    );
  });
});
