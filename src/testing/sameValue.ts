import { deepEqual } from './deepEqual';

/** Deeply equal; what is expected may also be a matcher of the runner's, such as jest's `expect.any(Number)`. */
export function sameValue(actual: unknown, expected: unknown): boolean {
  if (isMatcher(expected)) return expected.asymmetricMatch(actual);
  return deepEqual(actual, expected);
}

/** As `sameValue`, but an object's properties that are not mentioned may be anything. */
export function hasAllOf(actual: object, expected: object): boolean {
  if (isMatcher(expected)) return expected.asymmetricMatch(actual);
  return Object.entries(expected).every(([key, value]) =>
    sameValue((actual as Readonly<Record<string, unknown>>)[key], value),
  );
}

interface Matcher {
  asymmetricMatch(value: unknown): boolean;
}

const isMatcher = (value: unknown): value is Matcher =>
  typeof value === 'object' &&
  value !== null &&
  'asymmetricMatch' in value &&
  typeof value.asymmetricMatch === 'function';
