/**
 * Strict deep equality, as `util.isDeepStrictEqual` of Node has it for the values that Observables emit:
 * `Object.is` for primitives, equal prototypes, own enumerable properties (symbols too), entries of maps and
 * members of sets, bytes of buffers, names and messages of errors. Cycles are equal where they close alike.
 */
export const deepEqual = (a: unknown, b: unknown): boolean => equal(a, b, new Map());

type Seen = Map<object, object>;

function equal(a: unknown, b: unknown, seen: Seen): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (seen.get(a) === b) return true;
  const before = seen.get(a);
  seen.set(a, b);
  try {
    return sameContent(a, b, seen) && sameProperties(a, b, seen);
  } finally {
    if (before === undefined) seen.delete(a);
    else seen.set(a, before);
  }
}

/** What objects of built-in classes hold beside their properties. */
function sameContent(a: object, b: object, seen: Seen): boolean {
  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
  if (a instanceof RegExp) {
    const other = b as RegExp;
    return String(a) === String(other) && a.lastIndex === other.lastIndex;
  }
  if (a instanceof Error) {
    const other = b as Error;
    return (
      a.name === other.name && a.message === other.message && equal(a.cause, other.cause, seen)
    );
  }
  if (a instanceof Map) return sameMap(a, b as Map<unknown, unknown>, seen);
  if (a instanceof Set) return sameSet(a, b as Set<unknown>, seen);
  if (a instanceof ArrayBuffer) {
    return sameProperties(new Uint8Array(a), new Uint8Array(b as ArrayBuffer), seen);
  }
  if (a instanceof DataView) {
    const other = b as DataView;
    const bytes = (view: DataView): Uint8Array =>
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    return sameProperties(bytes(a), bytes(other), seen);
  }
  if (isBoxed(a)) return Object.is(a.valueOf(), b.valueOf());
  if (Array.isArray(a)) return a.length === (b as unknown[]).length;
  // Of promises and weak collections nobody can know the content.
  return !(a instanceof Promise || a instanceof WeakMap || a instanceof WeakSet);
}

const isBoxed = (value: object): boolean =>
  value instanceof Number ||
  value instanceof String ||
  value instanceof Boolean ||
  value instanceof BigInt ||
  value instanceof Symbol;

function sameProperties(a: object, b: object, seen: Seen): boolean {
  const keys = ownKeys(a);
  return (
    keys.length === ownKeys(b).length &&
    keys.every(
      (key) =>
        Object.prototype.propertyIsEnumerable.call(b, key) &&
        equal((a as Keyed)[key], (b as Keyed)[key], seen),
    )
  );
}

type Keyed = Readonly<Record<PropertyKey, unknown>>;

const ownKeys = (value: object): PropertyKey[] =>
  Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));

function sameMap(a: Map<unknown, unknown>, b: Map<unknown, unknown>, seen: Seen): boolean {
  return sameMembers(
    [...a],
    [...b],
    ([key, value], [otherKey, other]) => equal(key, otherKey, seen) && equal(value, other, seen),
  );
}

const sameSet = (a: Set<unknown>, b: Set<unknown>, seen: Seen): boolean =>
  sameMembers([...a], [...b], (member, other) => equal(member, other, seen));

/** Each member has one of the others for itself. */
function sameMembers<T>(
  a: readonly T[],
  b: readonly T[],
  isSame: (a: T, b: T) => boolean,
): boolean {
  if (a.length !== b.length) return false;
  const others = [...b];
  return a.every((member) => {
    const index = others.findIndex((other) => isSame(member, other));
    if (index >= 0) others.splice(index, 1);
    return index >= 0;
  });
}
