import fc from 'fast-check';
import { repetitions } from '../../../support/properties';
import { unpackLzma } from '../../../../streams/sources/compression/lzma';
import { readLzmaHeader } from '../../../../streams/sources/compression/lzmaHeader';

/** The same 696 bytes, packed by xz 5.4 with lc/lp/pb of 3/0/2, 0/2/0 and 4/0/4. */
const PACKED = [
  'XQAAgAD//////////wAhGEpHEVYMbZu2KfdZ83KxYmgOf7RRgzJJkzyvjYCzGEs2iOTuIPIliS4YBaPI+Dw29RoTtq7I+ac1rliLHtckubBVsuDvegCQDeRtShK73ODaX/vemgufk6y8q+weEsVRn6IZaOkjvD7HwrhYo7vHADjGucAmHCy5j0XJrtn3f8Z12FR8i7jJAWELWggfuqH6xdcR6Epx/tAUs8+E/44Wh1z3Ac1B8kkIWUhJWRxma8/5azp1EfcNduNudg2evNyTpctywtHKuLmuBW6ol+UpxGty8OfzhhYcCmBC9zV8HDxQDcFY4+GED4O3OTACEHJTLeRAGb25Rv//q+QAAA==',
  'EgAAgAD//////////wAhGQ2hv0VywCxPGX05z2MkmiIJfXsKKFWr97hoYO5GTH0QCpy4L1Hv0goH2s5z8GhrPimA0EFECTPWkyHXGx9f7hgGNLM8QnlSN0xI+SP6E8i50IOFnd2Qk8sI42nZmn8qRFkozbeHodK8eYsZDHX731mWAmgu3QOx44fcc7CU+t/Mu/KApCgdx22GEiXYNaSgxcu9QPFS42nbJkhDDvGxDU1dZpsPs6XHIDB98s0sWz9NOoYoI8mPKxImE/pfny7rOJzQ679Cc0h+jumNswDYMiS91fT+HrP6RCqHkUCpo52eNtvlHzKrn0aAo2KFIeLqTeijOyevjieJpxhnM8tYMAV6PBGu4ke5nQN2zjfELG/2cRr//8ZyAAA=',
  'uAAAgAD//////////wAhGEpG83d0KXaMy75/pDGOjF4FMu+jiqdak2gZim4feJV6xxoAFhm3CZLISkYbsbWwhXtlXOGHGE2kp4eUjw07mu4sCilSrySRs/AL3z6suCO2oWcWewN2W5tQdDsXbITXSpgpeVOQBU4cULEULqwoAhLbzfpY9ltQXKJckatC/Z0npsROlfs3wC5jlcGgkN0CEDPsk8GRpl+6SDTepNU+NxNo+cZ7BkzHUvN285eUwT2mV9xKAkL+qKVsbWQQgKtkT/zasHCG+YXffPUJ/CM2V5xVIxtdA/5QT33kUkAMumdWN8K1pfC88b36gI4CDL+oVJPJz1+ZCF3F3QbSqO3bCGE8YZVcDhAmjmW22dX//o3QAA==',
].map((text) => Buffer.from(text, 'base64'));

const CONTENT = Buffer.concat([
  Buffer.from('Barometer. '.repeat(40)),
  Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
]);

test.each(PACKED)('what xz has packed, with a mark at its end', (packed) => {
  expect(unpackLzma(packed)).toEqual(CONTENT);
});

test.each(PACKED)('with its length said instead', (packed) => {
  const sized = Buffer.from(packed);
  sized.writeUInt32LE(CONTENT.length, 5);
  sized.writeUInt32LE(0, 9);
  expect(unpackLzma(sized)).toEqual(CONTENT);
  sized.writeUInt32LE(CONTENT.length + 50, 5);
  expect(() => unpackLzma(sized)).toThrow();
});

test('of every beginning of it, it is said that the end is missing', () => {
  const [packed = Buffer.alloc(0)] = PACKED;
  for (let length = 0; length < packed.length - 1; length += 1) {
    expect(() => unpackLzma(packed.subarray(0, length))).toThrow('unexpected end of file');
  }
});

test('a size of more than 64 MB is not believed', () => {
  const huge = Buffer.from(PACKED[0] ?? []);
  huge.writeUInt32LE(0x7fffffff, 5);
  huge.writeUInt32LE(0, 9);
  expect(() => readLzmaHeader(huge)).toThrow('too large');
});

test('damaged bytes end in an error or in bytes, never in a hang', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = Buffer.from(PACKED[at % 3] ?? []);
      const index = at % damaged.length;
      damaged[index] = (damaged[index] as number) ^ change;
      try {
        expect(unpackLzma(damaged).length).toBeLessThan(2 ** 24);
      } catch (error) {
        expect(error).toHaveProperty('message');
      }
    }),
    repetitions(300),
  );
});
