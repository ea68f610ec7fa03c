import fc from 'fast-check';
import {
  entriesOf,
  EMPTY_MAP,
  valueOf,
  withValue,
  withValues,
  type PersistentMap,
} from '../../../src/metrics/persistentMap';

const names = fc.oneof(
  fc.nat(2_000).map((n) => `S${n}`),
  fc.constantFrom('', '__proto__', 'constructor', '600519', 'a b'),
  fc.string(),
);

describe('a persistent map by name', () => {
  it('has of every name what was stored last, like a Map', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.nat()), { maxLength: 400 }), (changes) => {
        const expected = new Map(changes);
        const named = changes.reduce(
          (before: PersistentMap<number>, [name, value]) => withValue(before, name, value),
          EMPTY_MAP,
        );
        expect(new Map(entriesOf(named))).toEqual(expected);
        expect(entriesOf(named)).toHaveLength(expected.size);
        for (const [name, value] of expected) expect(valueOf(named, name)).toBe(value);
        expect(valueOf(named, 'nobody has this name')).toBeUndefined();
      }),
    );
  });

  it('with the same entries is the same data, in whatever order they came', () => {
    fc.assert(
      fc.property(fc.uniqueArray(names, { maxLength: 200 }), fc.nat(), (all, chance) => {
        const mapOf = (order: readonly string[]): PersistentMap<string> =>
          order.reduce(
            (before: PersistentMap<string>, name) => withValue(before, name, name),
            EMPTY_MAP,
          );
        const at = chance % (all.length + 1);
        expect(mapOf([...all.slice(at), ...all.slice(0, at).reverse()])).toEqual(mapOf(all));
      }),
    );
  });

  it('takes many values at once, with the same result', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(names, fc.nat()), { maxLength: 200 }),
        fc.array(fc.tuple(names, fc.nat()), { maxLength: 400 }),
        (before, changes) => {
          const put = (
            map: PersistentMap<number>,
            [name, value]: readonly [string, number],
          ): PersistentMap<number> => withValue(map, name, value);
          const map = before.reduce(put, EMPTY_MAP);
          const many = withValues(map, new Map(changes));
          expect(many).toEqual(changes.reduce(put, map));
        },
      ),
    );
  });

  it('earlier versions stay as they were', () => {
    const few = Array.from({ length: 16 }, (_, i) => `S${i}`);
    const before = few.reduce(
      (named: PersistentMap<number>, name) => withValue(named, name, 1),
      EMPTY_MAP,
    );
    const copy = JSON.stringify(before);
    const after = withValue(withValue(before, 'S16', 2), 'S3', 3);
    expect([JSON.stringify(before), valueOf(before, 'S3'), valueOf(after, 'S3')]).toEqual([
      copy,
      1,
      3,
    ]);
  });

  it('names that share a hash share a leaf', () => {
    // 'Aa' and 'BB' have one hash by this rule, and so has every string made of as many of them.
    const pairs = ['Aa', 'BB'];
    const same = pairs.flatMap((a) =>
      pairs.flatMap((b) =>
        pairs.flatMap((c) => pairs.flatMap((d) => pairs.map((e) => a + b + c + d + e))),
      ),
    );
    const named = same.reduce(
      (all: PersistentMap<string>, name) => withValue(all, name, name),
      EMPTY_MAP,
    );
    expect(
      entriesOf(named)
        .map(([name]) => name)
        .sort(),
    ).toEqual([...same].sort());
  });
});
