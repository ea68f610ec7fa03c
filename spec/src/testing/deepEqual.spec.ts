import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { deepEqual } from '../../../src/testing/deepEqual';
import { repetitions } from '../../support/properties';

const anything = fc.anything({
  maxDepth: 3,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  withNullPrototype: true,
  withBoxedValues: true,
});

it('is what util.isDeepStrictEqual of Node is', () => {
  fc.assert(
    fc.property(anything, anything, (a, b) => {
      expect(deepEqual(a, b)).toBe(isDeepStrictEqual(a, b));
      expect(deepEqual([a, { b }], [structuredLike(a), { b }])).toBe(
        isDeepStrictEqual([a, { b }], [structuredLike(a), { b }]),
      );
    }),
    repetitions(300),
  );
});

/** A copy of plain data; what else there is stays the same object. */
const structuredLike = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(structuredLike);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, structuredLike(v)]));
};

class Point {
  constructor(readonly x: number) {}
}
const cyclic = (name: string): object => {
  const value: Record<string, unknown> = { name };
  value['self'] = value;
  return value;
};

it.each<[string, unknown, unknown]>([
  ['errors of one message', new Error('a'), new Error('a')],
  ['errors of different messages', new Error('a'), new Error('b')],
  ['errors of different classes', new Error('a'), new TypeError('a')],
  ['errors of different causes', new Error('a', { cause: 1 }), new Error('a', { cause: 2 })],
  ['0 and -0', 0, -0],
  ['NaN', NaN, NaN],
  ['objects of different classes', new Point(1), { x: 1 }],
  ['objects of one class', new Point(1), new Point(1)],
  ['symbols as keys', { [Symbol.for('a')]: 1 }, { [Symbol.for('a')]: 2 }],
  ['sets of objects', new Set([{ a: 1 }, { b: 2 }]), new Set([{ b: 2 }, { a: 1 }])],
  ['maps of objects', new Map([[{ a: 1 }, 1]]), new Map([[{ a: 1 }, 1]])],
  ['expressions', /a/g, /a/i],
  ['bytes', Buffer.from('ab'), Buffer.from('ab')],
  ['other bytes', new Uint8Array([1]).buffer, new Uint8Array([2]).buffer],
  ['views', new DataView(new ArrayBuffer(2)), new DataView(new ArrayBuffer(2))],
  ['cycles', cyclic('a'), cyclic('a')],
  ['other cycles', cyclic('a'), cyclic('b')],
  ['undefined and missing', { a: undefined }, {}],
])('%s', (_title, a, b) => {
  expect(deepEqual(a, b)).toBe(isDeepStrictEqual(a, b));
});

it('promises are equal to themselves alone: nobody knows what they will be', () => {
  const promise = Promise.resolve(1);
  expect([deepEqual(promise, promise), deepEqual(promise, Promise.resolve(1))]).toEqual([
    true,
    false,
  ]);
});
