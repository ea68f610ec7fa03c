import fc from 'fast-check';
import { xxHash64 } from '../../../../streams/sources/compression/xxHash64';

const lowOf = (...pieces: readonly Uint8Array[]): number => {
  const hash = xxHash64();
  for (const piece of pieces) hash.update(piece);
  return hash.low();
};

/** As xxHash's own tests and other implementations publish them: the low halves. */
test.each([
  ['', 0x51d8e999],
  ['a', 0xa98c6e5b],
  ['abc', 0xad770999],
  ['Nobody inspects the spammish repetition', 0x8a378bf1],
])('of %j', (text, low) => {
  expect(lowOf(Buffer.from(text))).toBe(low);
});

test('pieces of any size give what the whole gives', () => {
  const cuts = fc.array(fc.nat(200), { maxLength: 5 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), cuts, (bytes, ends) => {
      const edges = [0, ...ends.map((end) => Math.min(end, bytes.length)), bytes.length].sort(
        (a, b) => a - b,
      );
      const pieces = edges.slice(1).map((end, at) => bytes.subarray(edges[at], end));
      expect(lowOf(...pieces)).toBe(lowOf(bytes));
    }),
  );
});
