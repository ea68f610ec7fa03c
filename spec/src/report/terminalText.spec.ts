import fc from 'fast-check';
import {
  terminalJson,
  terminalLines,
  terminalSafe,
  terminalText,
} from '../../../src/report/terminalText';

/** What a terminal obeys, by code point: written out here, independently of the pattern under test. */
const isControl = (point: number): boolean =>
  point < 0x20 ||
  (point >= 0x7f && point <= 0x9f) ||
  [0x061c, 0x200e, 0x200f, 0x2028, 0x2029, 0xfeff].includes(point) ||
  (point >= 0x202a && point <= 0x202e) ||
  (point >= 0x2066 && point <= 0x2069);

const controlsIn = (text: string): number[] =>
  [...text].map((character) => character.codePointAt(0) ?? 0).filter(isControl);

const anyText = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0x2100 }).map((point) => String.fromCodePoint(point)),
    fc.constantFrom('\u001b', '\u009b', '\u0007', '\u202e', '\ufeff', '😀'),
  ),
});

describe('text on a terminal', () => {
  it.each([
    ['\u001b[2J\u001b]0;pwn\u0007', '\\x1b[2J\\x1b]0;pwn\\x07'],
    ['\u009b31m', '\\x9b31m'],
    ['a\nb\tc\r', 'a\\nb\\tc\\r'],
    ['abc\u202etxt', 'abc\\u202etxt'],
    ['Ä → 日本 😀', 'Ä → 日本 😀'],
  ])('%j is shown as %s', (text, shown) => {
    expect(terminalText(text)).toBe(shown);
  });

  it('holds no control, whatever it was', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(controlsIn(terminalText(text))).toEqual([]);
        expect(controlsIn(terminalLines(text)).filter((point) => point !== 10)).toEqual([]);
        if (controlsIn(text).length === 0) expect(terminalText(text)).toBe(text);
      }),
    );
  });

  it('is safe throughout a value, names too, which stays itself where nothing changes', () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, fc.array(anyText)), (value) => {
        const text = JSON.stringify(terminalSafe(value));
        expect(text).not.toContain('\\u001b');
        expect(controlsIn(text)).toEqual([]);
      }),
    );
    const plain = { a: ['b', 1n, { c: undefined }] };
    expect(terminalSafe(plain)).toBe(plain);
  });

  it('as JSON is the same value, without a control', () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, anyText), (value) => {
        const text = terminalJson(value, 2);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(controlsIn(text).filter((point) => point !== 10)).toEqual([]);
      }),
    );
  });
});
