import * as fc from 'fast-check';
import { shown } from '../../../operators/kernel/shown';

class Inbox {
  readonly depth = 3;
}

describe('a value in a message', () => {
  test.each<[unknown, string]>([
    ['', "''"],
    ["it's", "'it\\'s'"],
    ['two\nlines', "'two\\nlines'"],
    [1.5, '1.5'],
    [-0, '-0'],
    [NaN, 'NaN'],
    [12n, '12n'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
    [function named() {}, 'function named'],
    [() => undefined, 'a function'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new Date(NaN), 'Invalid Date'],
    [new TypeError('no'), 'TypeError: no'],
    [[], '[]'],
    [[1, 'two', [3]], "[1, 'two', [3]]"],
    [[[[1]]], '[[[…]]]'],
    [[[[]]], '[[[]]]'],
    [[1, 2, 3, 4, 5, 6, 7], '[1, 2, 3, 4, 5, … 2 more]'],
    [new Uint8Array([1, 2]), '[1, 2]'],
    [{}, '{}'],
    [{ bar: '1m', nested: { a: { b: 1 } } }, "{ bar: '1m', nested: { a: {…} } }"],
    [new Inbox(), 'Inbox {…}'],
    [Object.create({ constructor: undefined }), '{}'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, '{ a: 1, b: 2, c: 3, d: 4, e: 5, … 1 more }'],
    [Object.assign(() => 0, { toString: 0 }), 'a function'],
    ['say "hi"', `'say "hi"'`],
    [Object.create(null), '{}'],
  ])('%p is %s', (value, text) => {
    expect(shown(value)).toBe(text);
  });

  test('that cannot be read is said to be one', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no keys');
        },
      },
    );
    expect(shown(hostile)).toBe('a value that cannot be shown');
  });

  test('that just fits is not cut', () => {
    expect(shown('x'.repeat(100))).toBe(`'${'x'.repeat(100)}'`);
  });

  test('that is long is cut short', () => {
    expect(shown('x'.repeat(1_000))).toBe(`'${'x'.repeat(100)}…'`);
  });

  test('stays on one line of bounded length, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (value) => {
        const text = shown(value);
        return !/[\n\r]/.test(text) && text.length <= 201;
      }),
    );
  });
});
